package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.Target;
import io.raftwood.cli.call.ValueOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood kv set}. */
@Command(
    name = "set",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Members of sets. A set is there as long as it has members.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood kv set add colours red",
      "  raftwood kv set add thumbs --file small.png",
      "  raftwood kv set has colours red && echo yes",
      "  raftwood kv set list colours",
      "",
      "Exit codes: see 'raftwood kv --help'."
    })
final class SetCommand implements Runnable {
  private static final String MEMBER_TEXT = "The member; - reads it from standard input.";

  private final CallStreams streams;
  @Spec private CommandSpec spec;

  /** With {@code streams}. */
  SetCommand(CallStreams streams) {
    this.streams = streams;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: add, remove, has, list");
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description =
          "Adds MEMBER and prints its version: 1 for a new one, one more for one that was there.")
  int add(
      @Mixin StoreOptions options,
      @Mixin ValueOptions source,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = "MEMBER", arity = "0..1", description = MEMBER_TEXT)
          Optional<String> member) {
    Bytes name = RecordValue.of(source, member, options.call(), streams.in());
    CallRequest request = options.request("/sadd", target(table, name));
    return session(options.call()).version(of(request, table, name), cells(table, name));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description =
          "Removes MEMBER and prints the version that it had. Exit code 7 if there is none.")
  int remove(
      @Mixin ChangeOptions options,
      @Mixin ValueOptions source,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = "MEMBER", arity = "0..1", description = MEMBER_TEXT)
          Optional<String> member) {
    Bytes name = RecordValue.of(source, member, options.call(), streams.in());
    CallRequest request = options.request("/srem", target(table, name));
    return session(options.call()).version(of(request, table, name), cells(table, name));
  }

  @Command(
      name = "has",
      mixinStandardHelpOptions = true,
      description =
          "Tells whether MEMBER is there, and its version. Exit codes: 0 it is, 7 it is not.")
  int has(
      @Mixin ReadOptions options,
      @Mixin ValueOptions source,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = "MEMBER", arity = "0..1", description = MEMBER_TEXT)
          Optional<String> member) {
    Bytes name = RecordValue.of(source, member, options.call(), streams.in());
    CallRequest request = options.fresh(CallRequest.read("/sismember", target(table, name)));
    return session(options.call()).existence(of(request, table, name), cells(table, name));
  }

  @Command(
      name = "has2",
      mixinStandardHelpOptions = true,
      description =
          "Compares MEMBER on two replicas and prints its version. Exit code 8, and both versions,"
              + " if they differ.")
  int has2(
      @Mixin CallOptions options,
      @Mixin ValueOptions source,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = "MEMBER", arity = "0..1", description = MEMBER_TEXT)
          Optional<String> member) {
    Bytes name = RecordValue.of(source, member, options, streams.in());
    CallRequest request = CallRequest.read("/sismember2", target(table, name));
    return session(options).compared(of(request, table, name), false, cells(table, name));
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the members, as they come in: in byte order within a slot.",
      footer = {"", "raw form: the member, a tab, its version."})
  int list(@Mixin ListOptions options, @Parameters(paramLabel = "TABLE") String table) {
    CallRequest request =
        options.request(KvTarget.table(table), false).withPlain("tb", TableName.checked(table));
    session(options.call())
        .listing(
            record ->
                List.of(Cell.of("member", record.name()), Cell.of("version", record.version())))
        .scan(request, options.limit(), Listing.PAGE_MAX);
    return CallExitCode.OK;
  }

  private static Target target(String table, Bytes member) {
    return KvTarget.member(TableName.checked(table), member);
  }

  private static CallRequest of(CallRequest request, String table, Bytes member) {
    return request.withPlain("tb", table).withBody(member);
  }

  private static Cell[] cells(String table, Bytes member) {
    return new Cell[] {Cell.of("table", Bytes.utf8(table)), Cell.of("member", member)};
  }

  private KvSession session(CallOptions options) {
    return new KvSession(options, streams, spec.commandLine().getErr());
  }
}
