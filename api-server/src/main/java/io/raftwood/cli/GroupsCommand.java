package io.raftwood.cli;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.cli.call.CallStreams;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood admin groups list|show|place}. */
@Command(
    name = "groups",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "The groups: their slots, where their replicas are and where they should be.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood admin groups list",
      "  raftwood admin groups show data-0 -o json",
      "  raftwood admin groups place data-0 n2 n3 n4 --wait"
    })
final class GroupsCommand implements Runnable {
  private final CallStreams streams;

  @Spec private CommandSpec spec;

  /** Asks as {@code streams} allow. */
  GroupsCommand(CallStreams streams) {
    this.streams = streams;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "a command is missing: list, show, place");
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

  @Command(
      name = "place",
      mixinStandardHelpOptions = true,
      description = {
        "Says who votes in a group; the first one is to lead.",
        "New voters catch up as learners first. Fewer voters than now need --force."
      })
  int place(
      @Parameters(index = "0", paramLabel = "GROUP") String group,
      @Parameters(index = "1..*", arity = "1..*", paramLabel = "NODE") List<String> voters,
      @Mixin ForceOption force,
      @Mixin WaitOptions wait,
      @Mixin AskOptions options) {
    String query =
        PlacementCalls.parameter("group", group)
            + "&"
            + PlacementCalls.parameter("voters", String.join(",", voters))
            + force.parameter();
    return new PlacementCalls(streams, spec, options)
        .change("/admin/groups/place?" + query, new byte[0], wait);
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
