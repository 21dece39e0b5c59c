package io.raftwood.cli;

import static io.raftwood.cli.PlacementCalls.parameter;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.cli.call.CallStreams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood admin nodes list|add|drain|undrain|replace|remove|spread}. */
@Command(
    name = "nodes",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The nodes of the cluster, and which replicas they host.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood admin nodes list",
      "  raftwood admin nodes add n4 --http 10.0.0.4:8082 --raft 10.0.0.4:8182",
      "  raftwood admin nodes replace n2 n4 --wait      gives all that n2 has to n4",
      "  raftwood admin nodes drain n2 --wait && raftwood admin nodes remove n2 --wait",
      "",
      "Exit codes: 0 accepted (with --wait: done), 3 no answer or not done in time,",
      "5 the change cannot be made, or crosses one that is under way."
    })
final class NodesCommand implements Runnable {
  private static final byte[] NO_BODY = new byte[0];

  private final CallStreams streams;

  @Spec private CommandSpec spec;

  /** Shows progress if {@code streams} end at a terminal. */
  NodesCommand(CallStreams streams) {
    this.streams = streams;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: list, add, drain, undrain, replace, remove, spread");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "One line for each node: addresses, standing, replicas.")
  int list(@Mixin AskOptions options) {
    PlacementCalls calls = calls(options);
    if (calls.printedAsIs("GET", "/admin/nodes")) {
      return ExitCode.OK;
    }
    TextTable table = new TextTable("NODE", "HTTP", "RAFT", "STANDING", "STATE", "VOTES", "LEADS");
    for (JSONObject node : calls.list("/admin/nodes")) {
      table.add(
          node.getString("name"),
          node.getString("http"),
          node.getString("raft"),
          node.getString("standing"),
          node.getString("state"),
          PlacementCalls.names(node, "votes"),
          PlacementCalls.names(node, "leads"));
    }
    calls.print(table);
    return ExitCode.OK;
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds a node, which then may be started.",
        "Its data directory must be empty, and its initial-nodes must name itself and a running",
        "node. It hosts data only after replace, spread, or a drain of another node."
      })
  int add(
      @Parameters(paramLabel = "NODE", description = "its name") String node,
      @Option(names = "--http", required = true, paramLabel = "HOST:PORT") String http,
      @Option(names = "--raft", required = true, paramLabel = "HOST:PORT") String raft,
      @Mixin WaitOptions wait,
      @Mixin AskOptions options) {
    String query =
        parameter("node", node) + "&" + parameter("http", http) + "&" + parameter("raft", raft);
    return calls(options).change("/admin/nodes/add?" + query, NO_BODY, wait);
  }

  @Command(
      name = "drain",
      mixinStandardHelpOptions = true,
      description = "Gives a node's replicas to others; it gets no new ones.")
  int drain(
      @Parameters(paramLabel = "NODE") String node,
      @Mixin ForceOption force,
      @Mixin WaitOptions wait,
      @Mixin AskOptions options) {
    String query = parameter("node", node) + force.parameter();
    return calls(options).change("/admin/nodes/drain?" + query, NO_BODY, wait);
  }

  @Command(
      name = "undrain",
      mixinStandardHelpOptions = true,
      description = "Lets a node have replicas again; it gets them by spread, not by itself.")
  int undrain(
      @Parameters(paramLabel = "NODE") String node,
      @Mixin WaitOptions wait,
      @Mixin AskOptions options) {
    return calls(options).change("/admin/nodes/undrain?" + parameter("node", node), NO_BODY, wait);
  }

  @Command(
      name = "replace",
      mixinStandardHelpOptions = true,
      description = "Gives all replicas of a node, which may be down, to another one.")
  int replace(
      @Parameters(index = "0", paramLabel = "OLD") String old,
      @Parameters(index = "1", paramLabel = "NEW") String next,
      @Mixin ForceOption force,
      @Mixin WaitOptions wait,
      @Mixin AskOptions options) {
    String query = parameter("node", old) + "&" + parameter("by", next) + force.parameter();
    return calls(options).change("/admin/nodes/replace?" + query, NO_BODY, wait);
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Removes a node that has been drained or replaced.",
        "It leaves the meta group, its process ends with exit code 4, and it is refused if it",
        "starts again."
      })
  int remove(
      @Parameters(paramLabel = "NODE") String node,
      @Mixin WaitOptions wait,
      @Mixin AskOptions options) {
    PlacementCalls calls = calls(options);
    String path = "/admin/nodes/remove?" + parameter("node", node);
    return calls.change(path, NO_BODY, wait, () -> calls.listed(node));
  }

  @Command(
      name = "spread",
      mixinStandardHelpOptions = true,
      description = "Spreads replicas and leadership evenly over all active nodes.")
  int spread(@Mixin ForceOption force, @Mixin WaitOptions wait, @Mixin AskOptions options) {
    String query = force.parameter().replace('&', '?');
    return calls(options).change("/admin/groups/spread" + query, NO_BODY, wait);
  }

  private PlacementCalls calls(AskOptions options) {
    return new PlacementCalls(streams, spec, options);
  }
}
