package io.raftwood.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code raftwood admin status|check}; {@link WaitReadyCommand} is added to it. */
@Command(
    name = "admin",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Asks a running cluster how it is.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood admin status",
      "  raftwood admin check --endpoints 10.0.0.1:8082,10.0.0.2:8082 --timeout 120",
      "  raftwood admin status -o json | jq '.replicas[].role'",
    })
final class AdminCommand implements Runnable {
  private final NodeClient client = new NodeClient();
  @Spec private CommandSpec spec;

  /** How a result is printed. */
  enum Output {
    /** For people. */
    table,
    /** For programs: the node's answer as it is. */
    json
  }

  /** Whom to ask and how to print. */
  static final class AskOptions {
    @Option(
        names = {"-e", "--endpoints"},
        split = ",",
        paramLabel = "HOST:PORT",
        defaultValue = "127.0.0.1:8082,127.0.0.1:8083,127.0.0.1:8084",
        description = "HTTP addresses of nodes, asked in turn (default: ${DEFAULT-VALUE}).")
    private List<String> endpoints;

    @Option(
        names = {"-o", "--output"},
        defaultValue = "table",
        description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Output output;

    @Option(
        names = "--timeout",
        defaultValue = "30",
        paramLabel = "SECONDS",
        description = "How long to wait for each node (default: ${DEFAULT-VALUE}).")
    private int timeoutSeconds;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "a command is missing: status, check, wait-ready");
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "One line for each replica: role, leader, term, indexes, lag.")
  int status(@Mixin AskOptions options) {
    String body = ask("GET", "/admin/status", options);
    PrintWriter out = spec.commandLine().getOut();
    if (options.output == Output.json) {
      out.println(body.strip());
      return ExitCode.OK;
    }
    StatusReport report = StatusReport.parse(body);
    String id = report.clusterId().isEmpty() ? "not joined yet" : report.clusterId();
    out.println("cluster " + id + ", epoch " + report.epoch());
    TextTable nodes = new TextTable("NODE", "HTTP", "RAFT", "INCARNATION");
    report.nodes().forEach(node -> nodes.add(node.name(), node.http(), node.raft(), node.index()));
    out.print(nodes);
    out.println();
    TextTable replicas =
        new TextTable(
            "GROUP", "NODE", "ROLE", "LEADER", "TERM", "COMMIT", "APPLIED", "LAG", "REVISION");
    for (StatusReport.Replica replica : report.replicas()) {
      replicas.add(
          replica.group(),
          replica.node(),
          replica.role(),
          replica.leader(),
          replica.term(),
          replica.commitIndex(),
          replica.appliedIndex(),
          report.lag(replica),
          replica.revision());
    }
    out.print(replicas);
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
    if (options.output == Output.json) {
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

  /** The body of the first endpoint's 200. */
  private String ask(String method, String path, AskOptions options) {
    StringBuilder refusals = new StringBuilder();
    for (String endpoint : options.endpoints) {
      try {
        Duration timeout = Duration.ofSeconds(options.timeoutSeconds);
        NodeClient.Answer answer = client.ask(method, endpoint, path, timeout);
        if (answer.status() == 200) {
          return answer.body();
        }
        refusals.append("\n  ").append(endpoint).append(": HTTP ").append(answer.status());
        refusals.append(
            answer.body().lines().limit(1).map(line -> " " + line).collect(Collectors.joining()));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(
            spec.commandLine(), "--endpoints: '" + endpoint + "' is not host:port");
      } catch (IOException e) {
        refusals.append("\n  ").append(endpoint).append(": ").append(reason(e));
      }
    }
    throw new CommandFailedException(ExitCode.UNAVAILABLE, "no node answered:" + refusals);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? "cannot be reached" : e.getMessage();
  }
}
