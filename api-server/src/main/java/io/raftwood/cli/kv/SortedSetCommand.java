package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallOptions;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.LimitOption;
import io.raftwood.cli.call.Target;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood kv zset}. */
@Command(
    name = "zset",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Members of sorted sets, in order of their scores: whole numbers within -2^63..2^63-1.",
      "Members of equal scores are in byte order."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood kv zset add board ann 60",
      "  raftwood kv zset incr board ann -5",
      "  raftwood kv zset range board --rank 0:10      the ten lowest",
      "  raftwood kv zset range board --score 50:99    all with scores of 50 to 99",
      "",
      "Exit codes: see 'raftwood kv --help'."
    })
final class SortedSetCommand implements Runnable {
  /** Longer members go in the body, which a node in strict mode percent-decodes. */
  private static final int MEMBER_IN_QUERY_MAX = 8000;

  private static final String MEMBER = "MEMBER";

  private final CallStreams streams;
  @Spec private CommandSpec spec;

  /** With {@code streams}. */
  SortedSetCommand(CallStreams streams) {
    this.streams = streams;
  }

  /** The command with all below it. */
  CommandLine line() {
    CommandLine line = new CommandLine(this);
    WholeNumber.mayBeNegativeIn(line.getSubcommands().get("add"));
    WholeNumber.mayBeNegativeIn(line.getSubcommands().get("incr"));
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: add, incr, remove, score, has, range");
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Gives MEMBER the score and prints its version.",
        "The score that it has already changes neither version nor expiry."
      },
      footer = {"", "  raftwood kv zset add board bob -5"})
  int add(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = MEMBER) String member,
      @Parameters(paramLabel = "SCORE", description = "May be negative.") String score) {
    return change(options, table, member, WholeNumber.of("SCORE", score), 0);
  }

  @Command(
      name = "incr",
      mixinStandardHelpOptions = true,
      description = {
        "Adds DELTA to the score of MEMBER and prints its version. A missing member counts as 0.",
        "Carried out once, however often it had to be sent."
      },
      footer = {"", "  raftwood kv zset incr board bob -5 && raftwood kv zset score board bob"})
  int incr(
      @Mixin StoreOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = MEMBER) String member,
      @Parameters(paramLabel = "DELTA", description = "May be negative.") String delta) {
    return change(options, table, member, WholeNumber.of("DELTA", delta), 1);
  }

  private int change(StoreOptions options, String table, String member, long score, int opt) {
    Bytes name = options.call().bytes(MEMBER, WholeNumber.noOption(member));
    CallRequest request =
        of(options.request("/zadd", target(table, name)), table, name)
            .with("score", score)
            .with("opt", opt);
    return session(options.call()).version(request, cells(table, name));
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description =
          "Removes MEMBER and prints the version that it had. Exit code 7 if there is none.")
  int remove(
      @Mixin ChangeOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = MEMBER) String member) {
    Bytes name = options.call().bytes(MEMBER, member);
    CallRequest request = of(options.request("/zrem", target(table, name)), table, name);
    return session(options.call()).version(request, cells(table, name));
  }

  @Command(
      name = "score",
      mixinStandardHelpOptions = true,
      description = "Prints the score of MEMBER. Exit code 7 if there is none.")
  int score(
      @Mixin ReadOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = MEMBER) String member) {
    Bytes name = options.call().bytes(MEMBER, member);
    CallRequest request = of(CallRequest.read("/zscore", target(table, name)), table, name);
    return session(options.call()).number(options.fresh(request), "score", cells(table, name));
  }

  @Command(
      name = "score2",
      mixinStandardHelpOptions = true,
      description =
          "Compares the score of MEMBER on two replicas and prints it. Exit code 8, and both"
              + " copies, if they differ.")
  int score2(
      @Mixin CallOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = MEMBER) String member) {
    Bytes name = options.bytes(MEMBER, member);
    CallRequest request = of(CallRequest.read("/zscore2", target(table, name)), table, name);
    return session(options).compared(request, true, cells(table, name));
  }

  @Command(
      name = "has",
      mixinStandardHelpOptions = true,
      description =
          "Tells whether MEMBER is there, and its version. Exit codes: 0 it is, 7 it is not.")
  int has(
      @Mixin ReadOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Parameters(paramLabel = MEMBER) String member) {
    Bytes name = options.call().bytes(MEMBER, member);
    CallRequest request = of(CallRequest.read("/zismember", target(table, name)), table, name);
    return session(options.call()).existence(options.fresh(request), cells(table, name));
  }

  @Command(
      name = "range",
      mixinStandardHelpOptions = true,
      description = {
        "Lists members with their scores, lowest first.",
        "More than 1000 come in several requests: what is written between them may shift places."
      },
      footer = {
        "",
        "  raftwood kv zset range board --rank 0:10 -o json",
        "  raftwood kv zset range board --score=-5:5 --limit 100",
        "",
        "raw form: the score, a tab, the version, a tab, the member."
      })
  int range(
      @Mixin ReadOptions options,
      @Parameters(paramLabel = "TABLE") String table,
      @Option(
              names = "--rank",
              paramLabel = "FROM:COUNT",
              description = "COUNT members from place FROM on; the lowest has place 0.")
          Optional<String> rank,
      @Option(
              names = "--score",
              paramLabel = "MIN:MAX",
              description = "All with scores of MIN to MAX, both included.")
          Optional<String> score,
      @Mixin LimitOption limit) {
    if (rank.isPresent() == score.isPresent()) {
      throw CallFailureException.usage("give one of --rank FROM:COUNT and --score MIN:MAX");
    }
    long most = limit.most();
    Target target = KvTarget.table(TableName.checked(table));
    Listing listing = session(options.call()).listing(SortedSetCommand::row);
    if (rank.isPresent()) {
      long[] places = WholeNumber.pair("--rank", "FROM:COUNT", rank.get());
      if (places[0] < 0 || places[1] < 0) {
        throw CallFailureException.usage("--rank: neither FROM nor COUNT may be negative");
      }
      CallRequest request = CallRequest.read("/zrangebyrank", target);
      listing.range(page(options, request, table), places[0], Math.min(places[1], most));
    } else {
      long[] bounds = WholeNumber.pair("--score", "MIN:MAX", score.get());
      if (bounds[0] > bounds[1]) {
        throw CallFailureException.usage("--score: MIN is above MAX");
      }
      CallRequest request =
          CallRequest.read("/zrangebyscore", target).with("min", bounds[0]).with("max", bounds[1]);
      listing.range(page(options, request, table), 0, most);
    }
    return CallExitCode.OK;
  }

  private static CallRequest page(ReadOptions options, CallRequest request, String table) {
    return options.fresh(request).withPlain("tb", table).with("noval", "false");
  }

  private static List<Cell> row(Listed record) {
    return List.of(
        Cell.of("score", record.score()),
        Cell.of("version", record.version()),
        Cell.of("member", record.name()));
  }

  private static Target target(String table, Bytes member) {
    return KvTarget.scored(TableName.checked(table), member);
  }

  private static CallRequest of(CallRequest request, String table, Bytes member) {
    CallRequest named = request.withPlain("tb", table);
    return CallRequest.encoded(member).length() > MEMBER_IN_QUERY_MAX
        ? named.withBody(member)
        : named.with("key", member);
  }

  private static Cell[] cells(String table, Bytes member) {
    return new Cell[] {Cell.of("table", Bytes.utf8(table)), Cell.of("member", member)};
  }

  private KvSession session(CallOptions options) {
    return new KvSession(options, streams, spec.commandLine().getErr());
  }
}
