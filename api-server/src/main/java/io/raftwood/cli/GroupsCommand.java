package io.raftwood.cli;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.cli.call.CallStreams;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood admin groups list|show}. */
@Command(
    name = "groups",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The groups: their slots, where their replicas are and where they should be.",
    footerHeading = "%nExamples:%n",
    footer = {"  raftwood admin groups list", "  raftwood admin groups show data-0 -o json"})
final class GroupsCommand implements Runnable {
  private final CallStreams streams;

  @Spec private CommandSpec spec;

  /** Asks as {@code streams} allow. */
  GroupsCommand(CallStreams streams) {
    this.streams = streams;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: list, show");
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "One line for each group; SETTLED no = a change is under way.")
  int list(@Mixin AskOptions options) {
    return print("/admin/groups", options);
  }

  @Command(name = "show", mixinStandardHelpOptions = true, description = "One group.")
  int show(@Parameters(paramLabel = "GROUP") String group, @Mixin AskOptions options) {
    return print("/admin/groups?" + PlacementCalls.parameter("group", group), options);
  }

  private int print(String path, AskOptions options) {
    PlacementCalls calls = new PlacementCalls(streams, spec, options);
    if (calls.printedAsIs("GET", path)) {
      return ExitCode.OK;
    }
    TextTable table =
        new TextTable("GROUP", "SLOTS", "LEADER", "SETTLED", "WANTED", "VOTERS", "LEARNERS");
    for (JSONObject group : calls.list(path)) {
      int end = group.getIntValue("endSlot");
      String leader = group.getString("leader");
      table.add(
          group.getString("name"),
          end == 0 ? "-" : group.getIntValue("firstSlot") + ".." + end,
          leader == null ? "-" : leader,
          group.getBooleanValue("settled") ? "yes" : "no",
          PlacementCalls.names(group.getJSONObject("wanted"), "voters"),
          PlacementCalls.names(group.getJSONObject("actual"), "voters"),
          PlacementCalls.names(group.getJSONObject("actual"), "learners"));
    }
    calls.print(table);
    return ExitCode.OK;
  }
}
