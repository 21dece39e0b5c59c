package io.raftwood.cli.tree;

import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Cell;
import io.raftwood.cli.call.LimitOption;
import io.raftwood.cli.call.WriteOptions;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code raftwood tree}. */
@Command(
    name = "tree",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = {
      "Reads and writes trees of a running cluster: ordered maps from keys to values, both UTF-8.",
      "Every write is sent with an idempotency key, so it is repeated, at other nodes too, without"
          + " being carried out twice."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood tree create fruit                 prints the id of the root",
      "  raftwood tree insert fruit apple red       prints the id of the leaf that holds it",
      "  raftwood tree cas fruit apple eaten --old red",
      "  raftwood tree seek fruit banana            the keys before and behind it",
      "  raftwood tree range fruit --from a --to m  keys above a, up to m, with values",
      "  raftwood tree load words --create --plain /usr/share/dict/words",
      "  raftwood tree range words --encoded >words.tsv && raftwood tree load copy words.tsv",
      "  raftwood tree show words                   the root and its children, with ranges",
      "  raftwood tree COMMAND --help               more of each",
      "",
      "Exit codes:",
      "  0  done",
      "  1  refused, or it cannot be done",
      "  2  the command line is wrong, nothing was sent",
      "  3  no node could answer, nothing was changed",
      "  5  conflict: the key is there already, or its value is not --old",
      "  6  outcome unknown: the write may have taken effect",
      "  7  no such tree, key or node",
      "",
      "Variables: RAFTWOOD_ENDPOINTS, RAFTWOOD_TIMEOUT, RAFTWOOD_OUTPUT, RAFTWOOD_CONSISTENCY."
    })
public final class TreeCommand extends EntryCommands implements Runnable {
  private static final String TREE_ID = "tree_id";
  private static final int PAGE_MAX = 1000;

  private TreeCommand(CallStreams streams) {
    super(streams);
  }

  /** The command with all below it, to be added to a program. */
  public static CommandLine line(CallStreams streams) {
    return new CommandLine(new TreeCommand(streams))
        .addSubcommand(new TreeShow(streams))
        .addSubcommand(new TreeLoad(streams));
  }

  @Override
  public void run() {
    throw new ParameterException(
        line(), "a command is missing: " + String.join(", ", line().getSubcommands().keySet()));
  }

  @Command(
      name = "create",
      mixinStandardHelpOptions = true,
      description = {
        "Creates a tree and prints the id of its root. One that is there stays as it is.",
        "The setting dt.leaf-max and dt.inner-max of the node that is asked decide about its shape."
      })
  int create(@Mixin WriteOptions options, @Parameters(paramLabel = TREE) String tree) {
    Bytes name = options.call().text(TREE, tree);
    TreeSession session = session(options.call());
    JSONObject created = session.send(write("create", name, options));
    return session.one(
        Cell.word("root", created.getString("data")),
        Cell.of("tree", name),
        Cell.of("existed", created.getBooleanValue("existed")));
  }

  @Command(
      name = "drop",
      mixinStandardHelpOptions = true,
      description =
          "Removes a tree with all its entries, for ever, and prints true. Exit code 7 if there is"
              + " none.")
  int drop(@Mixin WriteOptions options, @Parameters(paramLabel = TREE) String tree) {
    Bytes name = options.call().text(TREE, tree);
    TreeSession session = session(options.call());
    session.send(write("drop", name, options));
    return session.one(Cell.of("dropped", true), Cell.of("tree", name));
  }

  @Command(
      name = "info",
      mixinStandardHelpOptions = true,
      description = "Prints a tree's root, height, and numbers of entries and tree nodes.",
      footer = {"", "raw form: the four of them, tabs between them."})
  int info(@Mixin TreeReadOptions options, @Parameters(paramLabel = TREE) String tree) {
    Bytes name = options.call().text(TREE, tree);
    TreeSession session = session(options.call());
    CallRequest request = options.request("info", TreeTarget.tree(name)).withField(TREE_ID, name);
    JSONObject figures = session.send(request).getJSONObject("data");
    session.row(
        List.of(
            Cell.word("root", figures.getString("root")),
            Cell.of("height", figures.getLongValue("height")),
            Cell.of("entries", figures.getLongValue("entries")),
            Cell.of("nodes", figures.getLongValue("nodes"))));
    session.end();
    return CallExitCode.OK;
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the trees of the whole cluster in byte order of their names.")
  int list(@Mixin TreeReadOptions options, @Mixin LimitOption limit) {
    TreeSession session = session(options.call());
    CallRequest request = options.request("list", TreeTarget.all());
    String last = "";
    boolean more = true;
    for (long left = limit.most(); more && left > 0; ) {
      CallRequest page = request.withField("limit", Long.toString(Math.min(left, PAGE_MAX)));
      JSONObject answer = session.send(last.isEmpty() ? page : page.withField("from", last));
      JSONArray names = answer.getJSONArray("data");
      for (int at = 0; at < names.size(); at++) {
        last = names.getString(at);
        session.row(List.of(TreeSession.text("tree", last)));
      }
      session.end();
      left -= names.size();
      more = answer.getBooleanValue("more");
    }
    return CallExitCode.OK;
  }

  @Command(
      name = "range",
      mixinStandardHelpOptions = true,
      description = {
        "Prints entries in key order.",
        "Each thousand of them is of one moment, all of them need not be."
      },
      footer = {
        "",
        "  raftwood tree range fruit --reverse --limit 10      the last ten, the last one first",
        "  raftwood tree range fruit --encoded >fruit.tsv      what 'tree load' takes",
        "",
        "raw form: the key, a tab, the value. Either may contain tabs and line feeds; use json or"
            + " --encoded where they do."
      })
  int range(
      @Mixin TreeReadOptions options,
      @Mixin LimitOption limit,
      @Option(
              names = "--from",
              paramLabel = "KEY",
              description = "Behind this key, which is not included (default: the first of all).")
          Optional<String> from,
      @Option(
              names = "--to",
              paramLabel = "KEY",
              description = "Up to this key, which is included (default: the last of all).")
          Optional<String> to,
      @Option(
              names = "--reverse",
              description = "Downwards: --from is then above --to, and still not included.")
          boolean reverse,
      @Option(names = "--encoded", description = "Percent-encoded, whatever --output says.")
          boolean encoded,
      @Parameters(paramLabel = TREE) String tree) {
    Bytes name = options.call().text(TREE, tree);
    CallRequest request =
        options
            .request("range", TreeTarget.tree(name))
            .withField(TREE_ID, name)
            .withField("reverse", Boolean.toString(reverse));
    if (to.isPresent()) {
      request = request.withField("to", options.call().bytes("--to", to.get()));
    }
    Bytes start = from.isPresent() ? options.call().bytes("--from", from.get()) : Bytes.EMPTY;
    new RangeWalk(session(options.call()), request, encoded).run(start, limit.most());
    return CallExitCode.OK;
  }

  private static CallRequest write(String call, Bytes tree, WriteOptions options) {
    return CallRequest.write("/dt/" + call, TreeTarget.tree(tree), options.idempotencyKey())
        .withField(TREE_ID, tree);
  }
}
