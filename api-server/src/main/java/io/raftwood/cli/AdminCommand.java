package io.raftwood.cli;

import io.raftwood.cli.call.CallStreams;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code raftwood admin ...}: what operators ask of a running cluster. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Asks a running cluster how it is, and changes its nodes and placement.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood admin status",
      "  raftwood admin check --endpoints 10.0.0.1:8082,10.0.0.2:8082 --timeout 120",
      "  raftwood admin status -o json | jq '.replicas[].role'",
    })
final class AdminCommand implements Runnable {
  @Spec private CommandSpec spec;

  /** The command with all that belong to it. */
  static CommandLine line(CliContext context) {
    CallStreams streams = context.streams();
    return new CommandLine(new AdminCommand())
        .addSubcommand(new NodesCommand(streams))
        .addSubcommand(new GroupsCommand(streams))
        .addSubcommand(new LeaderCommand(streams))
        .addSubcommand(new TableCommand(streams))
        .addSubcommand(new SnapshotCommand(streams))
        .addSubcommand(new AdminConfigCommand())
        .addSubcommand(new LogLevelCommand())
        .addSubcommand(new SlowLogCommand())
        .addSubcommand(new UnsafeRecoverCommand(context))
        .addSubcommand(new WaitReadyCommand(context));
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "a command is missing: status, check, nodes, groups, leader, table, snapshot, config,"
            + " log-level, slowlog, unsafe-recover, wait-ready");
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description =
          "One line for each node and replica, and the alarms. DISK FREE is of the data directory's"
              + " file system.")
  int status(@Mixin AskOptions options) {
    String body = ask("GET", "/admin/status", options);
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(body.strip());
      return ExitCode.OK;
    }
    StatusReport report = StatusReport.parse(body);
    String id = report.clusterId().isEmpty() ? "not joined yet" : report.clusterId();
    out.println("cluster " + id + ", epoch " + report.epoch());
    out.print(report.nodeTable());
    out.println();
    out.print(report.replicaTable());
    report.alarms().forEach(alarm -> out.println("ALARM " + alarm));
    out.flush();
    return ExitCode.OK;
  }

  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = "Compares the state hashes of all replicas, each group at one log index.",
      footer = {
        "",
        "Exit codes: 0 all equal, 1 two replicas differ, 3 a replica or the cluster gave no answer."
      })
  int check(@Mixin AskOptions options) {
    String body = ask("POST", "/admin/check", options);
    CheckReport report = CheckReport.parse(body);
    PrintWriter out = spec.commandLine().getOut();
    if (options.json()) {
      out.println(body.strip());
      return report.exitCode();
    }
    TextTable table = new TextTable("GROUP", "NODE", "ROWS", "HASH", "VERDICT");
    for (CheckReport.Line line : report.lines()) {
      String hash = line.hash().isEmpty() ? "-" : line.hash();
      table.add(line.group(), line.node(), line.rows(), hash, report.verdict(line));
    }
    out.print(table);
    out.flush();
    return report.exitCode();
  }

  private static String ask(String method, String path, AskOptions options) {
    return new NodeCalls(options).ask(method, path, new byte[0]);
  }
}
