package io.raftwood.cli.tree;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.call.Output;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood tree show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = {
      "Draws the tree nodes of a tree, each below its parent and a little to the right of it:"
          + " id, level, count, and the range of keys that it may hold, from the first (included) to"
          + " the second (not included).",
      "Leaves have level 0 and entries, inner nodes have children. Asks for one node after the"
          + " other: what changes meanwhile may look odd."
    },
    footer = {
      "",
      "  raftwood tree show words                 the root and its children",
      "  raftwood tree show words --depth 9       everything",
      "  raftwood tree show words --node 1035.7   what is below that node",
      "  raftwood tree show words -o json         an object for each node",
      "",
      "With -o json or raw: node, its parent, level, count, low, high; high is null (raw: -) where"
          + " the range has no end."
    })
final class TreeShow implements Callable<Integer> {
  private final CallStreams streams;
  @Spec private CommandSpec spec;
  @Mixin private TreeReadOptions options;

  @Option(
      names = "--depth",
      paramLabel = "N",
      defaultValue = "1",
      description = "So many levels below the first node, 0..99 (default: ${DEFAULT-VALUE}).")
  private int depth;

  @Option(
      names = "--node",
      paramLabel = "ID",
      description = "Begin with this node (default: the root).")
  private Optional<String> node = Optional.empty();

  @Parameters(paramLabel = "TREE")
  private String tree;

  /** With {@code streams}. */
  TreeShow(CallStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    if (depth < 0 || depth > 99) {
      throw CallFailureException.usage("--depth: " + depth + " is not within 0..99");
    }
    Bytes name = options.call().text("TREE", tree);
    TreeSession session = new TreeSession(options.call(), streams, spec.commandLine().getErr());
    TreeNodeCalls calls = new TreeNodeCalls(session, options, name);
    // A drawing is for people wherever it goes, so a pipe alone does not change the form.
    boolean drawn = options.call().output(true) == Output.table;
    String first = node.isPresent() ? node.get() : calls.root();
    if (drawn) {
      JSONObject figures = calls.info();
      session.line(
          String.format(
              "%s: height %s, %s entries, %s nodes",
              calls.target().text(),
              figures.get("height"),
              figures.get("entries"),
              figures.get("nodes")));
    }
    new NodeDrawing(calls, session, drawn).draw(first, depth);
    session.end();
    return CallExitCode.OK;
  }
}
