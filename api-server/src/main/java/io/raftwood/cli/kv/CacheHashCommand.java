package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Target;
import io.raftwood.cli.call.ValueOptions;
import io.raftwood.cli.call.WriteOptions;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood kv cache hash}. */
@Command(
    name = "hash",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Fields of hashes in the cache.",
      "A hash expires and is deleted as a whole: 'raftwood kv cache expire', 'del', 'ttl'."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood kv cache hash set hits home 41",
      "  raftwood kv cache hash incr hits home",
      "  raftwood kv cache hash incr weights cat 0.25"
    })
final class CacheHashCommand implements Runnable {
  private static final String FIELD = "FIELD";

  private final CallStreams streams;
  @Spec private CommandSpec spec;

  /** With {@code streams}. */
  CacheHashCommand(CallStreams streams) {
    this.streams = streams;
  }

  /** The command with all below it. */
  CommandLine line() {
    CommandLine line = new CommandLine(this);
    WholeNumber.mayBeNegativeIn(line.getSubcommands().get("incr"));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: get, set, del, exist, incr");
  }

  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Prints the value of FIELD. Exit code 7 if it is not in the cache.")
  int get(
      @Mixin ReadOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field) {
    Bytes name = options.call().bytes(FIELD, field);
    CallRequest request = options.fresh(read("hget", table, name));
    return session(options.call()).value(request, HashCommand.cells(table, name));
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Stores a value in FIELD; the hash is made if it is not there.")
  int set(
      @Mixin WriteOptions options,
      @Mixin ValueOptions source,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field,
      @Parameters(
              paramLabel = "VALUE",
              arity = "0..1",
              description = "The value; - reads it from standard input.")
          Optional<String> value) {
    Bytes name = options.call().bytes(FIELD, field);
    Bytes content = RecordValue.of(source, value, options.call(), streams.in());
    CallRequest request = write("hset", options, table, name).withBody(content);
    return session(options.call()).done(request, HashCommand.cells(table, name));
  }

  @Command(
      name = "del",
      mixinStandardHelpOptions = true,
      description = "Deletes FIELD. It need not be there.")
  int del(
      @Mixin WriteOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field) {
    Bytes name = options.call().bytes(FIELD, field);
    return session(options.call())
        .done(write("hdel", options, table, name), HashCommand.cells(table, name));
  }

  @Command(
      name = "exist",
      mixinStandardHelpOptions = true,
      description = "Tells whether there is FIELD. Exit codes: 0 it is there, 7 it is not.")
  int exist(
      @Mixin ReadOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field) {
    Bytes name = options.call().bytes(FIELD, field);
    CallRequest request = options.fresh(read("hexist", table, name));
    return session(options.call()).done(request, HashCommand.cells(table, name));
  }

  @Command(
      name = "incr",
      mixinStandardHelpOptions = true,
      description = {
        "Adds DELTA to the number in FIELD and prints the sum. A missing field counts as 0.",
        "With a point in DELTA the number may be a decimal one. Carried out once, however often it"
            + " had to be sent."
      })
  int incr(
      @Mixin WriteOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field,
      @Parameters(
              paramLabel = "DELTA",
              arity = "0..1",
              defaultValue = "1",
              description = "May be negative (default: ${DEFAULT-VALUE}).")
          String delta) {
    Bytes name = options.call().bytes(FIELD, WholeNumber.noOption(field));
    boolean decimal = delta.indexOf('.') >= 0;
    CallRequest request =
        write(decimal ? "hincrbyfloat" : "hincrby", options, table, name)
            .with("val", decimal ? delta : Long.toString(WholeNumber.of("DELTA", delta)));
    return session(options.call()).value(request, HashCommand.cells(table, name));
  }

  private static CallRequest read(String verb, String table, Bytes field) {
    return HashCommand.of(CallRequest.read("/cache/" + verb, target(table, field)), table, field);
  }

  private static CallRequest write(String verb, WriteOptions options, String table, Bytes field) {
    Target target = target(table, field);
    return HashCommand.of(
        CallRequest.write("/cache/" + verb, target, options.idempotencyKey()), table, field);
  }

  private static Target target(String table, Bytes field) {
    return KvTarget.cachedField(TableName.checked(table), field);
  }

  private KvSession session(CallOptions options) {
    return KvSession.ofCache(options, streams, spec.commandLine().getErr());
  }
}
