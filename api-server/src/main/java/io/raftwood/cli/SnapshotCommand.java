package io.raftwood.cli;

import com.alibaba.fastjson2.JSONObject;
import io.raftwood.cli.call.CallStreams;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code raftwood admin snapshot}. */
@Command(
    name = "snapshot",
    mixinStandardHelpOptions = true,
    description = "Has every replica take a snapshot now, so that logs can be cut.",
    footerHeading = "%nExamples:%n",
    footer = {"  raftwood admin snapshot", "  raftwood admin snapshot --group data-0"})
final class SnapshotCommand implements Callable<Integer> {
  private final CallStreams streams;

  @Spec private CommandSpec spec;

  @Option(names = "--group", defaultValue = "", paramLabel = "GROUP", description = "Only this.")
  private String group;

  @Mixin private AskOptions options = new AskOptions();

  /** Asks as {@code streams} allow. */
  SnapshotCommand(CallStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() {
    PlacementCalls calls = new PlacementCalls(streams, spec, options);
    String query = group.isEmpty() ? "" : "?" + PlacementCalls.parameter("group", group);
    if (calls.printedAsIs("POST", "/admin/snapshot" + query)) {
      return ExitCode.OK;
    }
    List<JSONObject> reports = calls.ask("POST", "/admin/snapshot" + query);
    TextTable table = new TextTable("GROUP", "NODE", "SNAPSHOT");
    for (JSONObject report : reports) {
      boolean done = report.getBooleanValue("done");
      table.add(
          report.getString("group"),
          report.getString("node"),
          done ? "taken" : report.getString("detail"));
    }
    calls.print(table);
    boolean all = reports.stream().allMatch(report -> report.getBooleanValue("done"));
    return all ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }
}
