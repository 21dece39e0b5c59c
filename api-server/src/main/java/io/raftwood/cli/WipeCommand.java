package io.raftwood.cli;

import io.raftwood.server.NodeWipe;
import io.raftwood.server.config.InitialNode;
import io.raftwood.server.config.ServerConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raftwood wipe}: empties the disk of a stopped node. */
@Command(
    name = "wipe",
    mixinStandardHelpOptions = true,
    description = {
      "Empties the data directory of a node that is stopped. Its next start is that of a new"
          + " incarnation: it gets everything from the others.",
      "For a disk that is damaged, refused as an old copy, or holds what the others do not."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood wipe --config /etc/raftwood/n1.yaml && systemctl start raftwood",
      "  raftwood wipe --config data/n1.yaml --yes    without asking",
      "",
      "Refused while another node of cluster.initial-nodes is not ready: what that one lacks may be"
          + " on this disk alone.",
      "",
      "Exit codes: 0 emptied, 1 not: the node runs, the directory is none, or the answer was no,",
      "3 another node is not ready."
    })
final class WipeCommand implements Callable<Integer> {
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(3);

  private final CliContext context;
  private final NodeClient client = new NodeClient();
  @Spec private CommandSpec spec;
  @Mixin private ConfigOptions options;

  @Option(names = "--yes", description = "Does not ask.")
  private boolean yes;

  @Option(names = "--force", description = "Whatever the other nodes' state. May lose records.")
  private boolean force;

  WipeCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    ServerConfig config = options.load(context.environment()).config();
    if (!force) {
      requireOthers(config);
    }
    if (!yes && !confirmed(config)) {
      throw new CommandFailedException(ExitCode.FAILED, "nothing was deleted");
    }
    try {
      NodeWipe.run(config);
    } catch (NodeWipe.NotWipedException e) {
      throw new CommandFailedException(ExitCode.FAILED, e.getMessage());
    }
    spec.commandLine()
        .getOut()
        .println(
            config.node().dataDir()
                + " is empty; start node '"
                + config.node().name()
                + "', then 'raftwood admin check'");
    return ExitCode.OK;
  }

  private void requireOthers(ServerConfig config) {
    List<InitialNode> others =
        config.initialNodes().stream()
            .filter(node -> !node.name().equals(config.node().name()))
            .toList();
    if (others.isEmpty()) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          "node '"
              + config.node().name()
              + "' is the only one: all records would be lost; --force does it all the same");
    }
    for (InitialNode node : others) {
      String state = state(node);
      if (!state.isEmpty()) {
        throw new CommandFailedException(
            ExitCode.UNAVAILABLE,
            "node '"
                + node.name()
                + "' ("
                + node.http()
                + ") "
                + state
                + ": what it lacks may be on this disk alone; see to it first, or --force");
      }
    }
  }

  /** Why {@code node} cannot be relied on; empty if it can. */
  private String state(InitialNode node) {
    try {
      NodeClient.Answer answer = client.ask("GET", node.http().toString(), "/readyz", ASK_TIMEOUT);
      return answer.status() == 200 ? "" : "is not ready";
    } catch (IOException e) {
      return "does not answer";
    }
  }

  private boolean confirmed(ServerConfig config) {
    PrintWriter out = spec.commandLine().getOut();
    String name = config.node().name();
    out.print("Type " + name + " to delete everything in " + config.node().dataDir() + ": ");
    out.flush();
    try {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(context.streams().in(), StandardCharsets.UTF_8));
      return name.equals(in.readLine());
    } catch (IOException e) {
      return false;
    }
  }
}
