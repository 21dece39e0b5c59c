package io.raftwood.cli;

import static io.raftwood.cli.PlacementCalls.parameter;

import io.raftwood.cli.call.CallStreams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood admin leader transfer|balance}. */
@Command(
    name = "leader",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Who leads the groups: the first wanted voter, whenever it can.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood admin leader transfer data-0 n2 --wait",
      "  raftwood admin leader balance --wait"
    })
final class LeaderCommand implements Runnable {
  private static final byte[] NO_BODY = new byte[0];

  private final CallStreams streams;

  @Spec private CommandSpec spec;

  /** Shows progress if {@code streams} end at a terminal. */
  LeaderCommand(CallStreams streams) {
    this.streams = streams;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: transfer, balance");
  }

  @Command(
      name = "transfer",
      mixinStandardHelpOptions = true,
      description = "Has a group led by one of its voters, now and whenever it can.")
  int transfer(
      @Parameters(index = "0", paramLabel = "GROUP") String group,
      @Parameters(index = "1", paramLabel = "NODE") String node,
      @Mixin WaitOptions wait,
      @Mixin AskOptions options) {
    PlacementCalls calls = new PlacementCalls(streams, spec, options);
    String query = parameter("group", group) + "&" + parameter("node", node);
    return calls.change(
        "/admin/leader/transfer?" + query, NO_BODY, wait, () -> calls.notLedBy(group, node));
  }

  @Command(
      name = "balance",
      mixinStandardHelpOptions = true,
      description = "Spreads the leadership of data and cache groups evenly over their voters.")
  int balance(@Mixin WaitOptions wait, @Mixin AskOptions options) {
    PlacementCalls calls = new PlacementCalls(streams, spec, options);
    return calls.change("/admin/leader/balance", NO_BODY, wait, calls::notLedByTheirFirst);
  }
}
