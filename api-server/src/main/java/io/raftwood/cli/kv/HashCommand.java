package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.Target;
import io.raftwood.cli.call.ValueOptions;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood kv hash}. */
@Command(
    name = "hash",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Fields of hashes. A hash is there as long as it has fields.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood kv hash set user:1 name Ada",
      "  raftwood kv hash get user:1 name",
      "  raftwood kv hash incr user:1 visits       counts up by 1 and prints the number",
      "  raftwood kv hash list user:1 --values",
      "",
      "Exit codes: see 'raftwood kv --help'."
    })
final class HashCommand implements Runnable {
  private static final String FIELD = "FIELD";

  private final CallStreams streams;
  @Spec private CommandSpec spec;

  /** With {@code streams}. */
  HashCommand(CallStreams streams) {
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
        spec.commandLine(), "a command is missing: get, get2, set, del, exist, incr, list");
  }

  @Command(
      name = "get",
      mixinStandardHelpOptions = true,
      description = "Prints the value of FIELD. Exit code 7 if there is none.")
  int get(
      @Mixin ReadOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field) {
    Bytes name = options.call().bytes(FIELD, field);
    CallRequest request = of(CallRequest.read("/hget", target(table, name)), table, name);
    return session(options.call()).value(options.fresh(request), cells(table, name));
  }

  @Command(
      name = "get2",
      mixinStandardHelpOptions = true,
      description =
          "Compares FIELD on two replicas and prints its value. Exit code 8, and both copies, if"
              + " they differ.")
  int get2(
      @Mixin CallOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field) {
    Bytes name = options.bytes(FIELD, field);
    CallRequest request = of(CallRequest.read("/hget2", target(table, name)), table, name);
    return session(options).compared(request, true, cells(table, name));
  }

  @Command(
      name = "set",
      mixinStandardHelpOptions = true,
      description = "Stores a value in FIELD and prints the record's version.")
  int set(
      @Mixin StoreOptions options,
      @Mixin ValueOptions source,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field,
      @Parameters(
              paramLabel = "VALUE",
              arity = "0..1",
              description = "The value; - reads it from standard input.")
          Optional<String> value) {
    Bytes name = options.call().bytes(FIELD, field);
    CallRequest request = of(options.request("/hset", target(table, name)), table, name);
    Bytes content = RecordValue.of(source, value, options.call(), streams.in());
    return session(options.call()).version(request.withBody(content), cells(table, name));
  }

  @Command(
      name = "del",
      mixinStandardHelpOptions = true,
      description =
          "Deletes FIELD and prints the version that it had. Exit code 7 if there is none.")
  int del(
      @Mixin ChangeOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field) {
    Bytes name = options.call().bytes(FIELD, field);
    CallRequest request = of(options.request("/hdel", target(table, name)), table, name);
    return session(options.call()).version(request, cells(table, name));
  }

  @Command(
      name = "exist",
      mixinStandardHelpOptions = true,
      description =
          "Tells whether there is FIELD, and its version. Exit codes: 0 it exists, 7 it does not.")
  int exist(
      @Mixin ReadOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field) {
    Bytes name = options.call().bytes(FIELD, field);
    CallRequest request = of(CallRequest.read("/hexist", target(table, name)), table, name);
    return session(options.call()).existence(options.fresh(request), cells(table, name));
  }

  @Command(
      name = "incr",
      mixinStandardHelpOptions = true,
      description = {
        "Adds DELTA to the whole number in FIELD and prints the sum. A missing field counts as 0.",
        "Carried out once, however often it had to be sent."
      },
      footer = {"", "  raftwood kv hash incr stock bolts -12"})
  int incr(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = FIELD) String field,
      @Parameters(
              paramLabel = "DELTA",
              arity = "0..1",
              defaultValue = "1",
              description = "May be negative (default: ${DEFAULT-VALUE}).")
          String delta) {
    Bytes name = options.call().bytes(FIELD, WholeNumber.noOption(field));
    CallRequest request =
        of(options.request("/hincrby", target(table, name)), table, name)
            .with("val", WholeNumber.of("DELTA", delta));
    return session(options.call()).number(request, "value", cells(table, name));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the fields, as they come in: in byte order within a slot.",
      footer = {
        "",
        "raw form: the field, its version, with --values the value; tabs between them."
      })
  int list(
      @Mixin ListOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Option(names = "--values", description = "The values too.") boolean values) {
    CallRequest request =
        options.request(KvTarget.table(table), values).withPlain("tb", TableName.checked(table));
    session(options.call())
        .listing(record -> KvCommand.keyed(record, "field", values))
        .scan(request, options.limit(), values ? Listing.VALUE_PAGE_MAX : Listing.PAGE_MAX);
    return CallExitCode.OK;
  }

  private static Target target(String table, Bytes field) {
    return KvTarget.field(TableName.checked(table), field);
  }

  /** {@code request} about a field, as hashes of records and of the cache have them. */
  static CallRequest of(CallRequest request, String table, Bytes field) {
    return request.withPlain("tb", table).with("key", field);
  }

  /** What a row about a field begins with. */
  static Cell[] cells(String table, Bytes field) {
    return new Cell[] {Cell.of("table", Bytes.utf8(table)), Cell.of("field", field)};
  }

  private KvSession session(CallOptions options) {
    return new KvSession(options, streams, spec.commandLine().getErr());
  }
}
