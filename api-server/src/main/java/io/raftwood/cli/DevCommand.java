package io.raftwood.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code raftwood dev}: a cluster of processes on this machine. */
@Command(
    name = "dev",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "[status|stop|kill|start]",
    description = {
      "Runs a cluster of processes on loopback, for development and for trying out faults.",
      "Without --detach it stays until Ctrl-C and then stops the nodes. Data is kept: the next"
          + " start in the same directory goes on where it was."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood dev                        three nodes, HTTP 8082 8083 8084, data in ./data",
      "  raftwood dev --detach --groups 3    returns when ready; three data groups",
      "  raftwood dev kill 2                 SIGKILL for the second node ...",
      "  raftwood dev start 2                ... and its return",
      "  raftwood dev stop && raftwood dev --fresh",
      "  raftwood dev --set raft.election-timeout=500ms --set log.level=debug",
      "",
      "Options can be given as variables: RAFTWOOD_DEV_DATA, RAFTWOOD_DEV_GROUPS, ...",
      "Settings of all nodes too: RAFTWOOD_HUSTDB_STRICT=true raftwood dev."
    })
final class DevCommand implements Runnable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration WATCH = Duration.ofMillis(300);
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(3);

  private final CliContext context;
  private final NodeClient client = new NodeClient();
  @Spec private CommandSpec spec;

  @Option(names = "--nodes", paramLabel = "N", description = "Number of nodes, 1..9 (default: 3).")
  private Optional<Integer> nodes = Optional.empty();

  @Option(
      names = "--groups",
      paramLabel = "G",
      description = "Number of data groups, 1..64 (default: 1).")
  private Optional<Integer> groups = Optional.empty();

  @Option(
      names = "--http-port",
      paramLabel = "P",
      description = "HTTP port of the first node; the others follow (default: 8082).")
  private Optional<Integer> httpPort = Optional.empty();

  @Option(
      names = "--raft-port",
      paramLabel = "P",
      description = "Raft port of the first node; the others follow (default: 9082).")
  private Optional<Integer> raftPort = Optional.empty();

  @Option(names = "--fresh", description = "Discards the cluster in the directory first.")
  private boolean fresh;

  @Option(names = "--detach", description = "Returns when the cluster is ready.")
  private boolean detach;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting of all nodes; may be repeated. See docs/configuration.md.")
  private List<String> flags = new ArrayList<>();

  // One option for all forms of the command: "dev --data DIR stop" and "dev stop --data DIR".
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "Directory of the cluster (default: ./${DEFAULT-VALUE}).")
  private Path data;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "60",
      scope = picocli.CommandLine.ScopeType.INHERIT,
      description = "How long to wait until nodes are ready (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  DevCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    DevCluster cluster = prepare();
    DevProcesses.requireFreePorts(cluster.nodes());
    DevProcesses processes = new DevProcesses(context.launch().get());
    StopOnExit stopOnExit = new StopOnExit(cluster.nodes(), err());
    boolean left = false;
    try {
      startAll(cluster.nodes(), processes);
      printTable(cluster);
      printRequests(cluster);
      left = detach;
      if (!detach) {
        stopOnExit.ready();
        out().println("\nCtrl-C stops the cluster.");
        watch(cluster);
      }
    } finally {
      stopOnExit.cancel();
      if (!left) {
        DevProcesses.stop(cluster.nodes(), STOP_TIMEOUT);
      }
    }
  }

  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Prints the table; exit code 0 when all nodes are ready, else 3.")
  int status() {
    DevCluster cluster = existing();
    printTable(cluster);
    boolean all = cluster.nodes().stream().allMatch(node -> state(node).equals("ready"));
    return all ? ExitCode.OK : ExitCode.UNAVAILABLE;
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Stops all nodes, or one, by SIGTERM; by SIGKILL after 30 seconds.")
  void stop(
      @Parameters(arity = "0..1", paramLabel = "N", description = "Number of the node.")
          Optional<String> which) {
    DevCluster cluster = existing();
    List<DevNode> some = which.isPresent() ? List.of(node(cluster, which.get())) : cluster.nodes();
    long running = some.stream().filter(node -> DevProcesses.running(node).isPresent()).count();
    List<String> killed = DevProcesses.stop(some, STOP_TIMEOUT);
    out().println("stopped " + running + (running == 1 ? " node" : " nodes"));
    if (!killed.isEmpty()) {
      throw new CommandFailedException(
          ExitCode.FAILED, String.join(", ", killed) + " did not end in time and had to be killed");
    }
  }

  @Command(
      name = "kill",
      mixinStandardHelpOptions = true,
      description = "Kills a node by SIGKILL: it gets no chance to tidy up.")
  void kill(@Parameters(paramLabel = "N", description = "Number of the node.") String which) {
    DevNode node = node(existing(), which);
    if (!DevProcesses.kill(node)) {
      throw new CommandFailedException(ExitCode.FAILED, node.name() + " is not running");
    }
    out().println("killed " + node.name());
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts a node; returns when it is ready or says why it is not.")
  void start(@Parameters(paramLabel = "N", description = "Number of the node.") String which) {
    DevNode node = node(existing(), which);
    if (DevProcesses.running(node).isEmpty()) {
      DevProcesses.requireFreePorts(List.of(node));
    }
    startAll(List.of(node), new DevProcesses(context.launch().get()));
    out().println(node.name() + " is ready on http://" + node.node().http());
  }

  private void startAll(List<DevNode> some, DevProcesses processes) {
    ReadyWait wait = new ReadyWait(client, err(), System.console() != null);
    some.forEach(node -> wait.start(node, processes));
    wait.await(Duration.ofSeconds(timeoutSeconds));
  }

  /** The cluster to start: the one in the directory, or a new one; its files are written. */
  private DevCluster prepare() {
    Optional<DevCluster> old = DevCluster.open(dir());
    old.ifPresent(this::refuseRunning);
    if (fresh) {
      old.ifPresent(DevCluster::delete);
      old = Optional.empty();
    }
    DevCluster.Shape shape =
        old.map(DevCluster::shape).orElse(new DevCluster.Shape(3, 1, 8082, 9082));
    DevCluster.Shape wanted =
        new DevCluster.Shape(
            nodes.orElse(shape.nodes()),
            groups.orElse(shape.groups()),
            httpPort.orElse(shape.httpPort()),
            raftPort.orElse(shape.raftPort()));
    if (wanted.nodes() < 1 || wanted.nodes() > 9) {
      throw usage("--nodes: '" + wanted.nodes() + "' is out of range; allowed: 1..9");
    }
    if (old.isPresent() && !wanted.equals(shape)) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          String.format(
              "%s holds a cluster of %d node(s) and %d data group(s) with HTTP from %d and Raft"
                  + " from %d; start it without these options, or discard it by --fresh, or choose"
                  + " another --data",
              dir(), shape.nodes(), shape.groups(), shape.httpPort(), shape.raftPort()));
    }
    DevCluster cluster = DevCluster.plan(dir(), wanted);
    cluster.write(context.environment(), flags);
    return cluster;
  }

  private void refuseRunning(DevCluster cluster) {
    String running =
        cluster.nodes().stream()
            .filter(node -> DevProcesses.running(node).isPresent())
            .map(node -> node.name() + " (pid " + pid(node) + ")")
            .collect(Collectors.joining(", "));
    if (!running.isEmpty()) {
      throw new CommandFailedException(
          ExitCode.FAILED,
          "the cluster in "
              + dir()
              + " runs already: "
              + running
              + "; see 'raftwood dev status'"
              + " and 'raftwood dev stop'");
    }
  }

  private DevCluster existing() {
    return DevCluster.open(dir())
        .orElseThrow(
            () ->
                new CommandFailedException(
                    ExitCode.FAILED,
                    "no cluster in " + dir() + "; 'raftwood dev' makes one, --data names another"));
  }

  private DevNode node(DevCluster cluster, String which) {
    return cluster
        .find(which)
        .orElseThrow(
            () ->
                usage(
                    "no node '"
                        + which
                        + "'; allowed: "
                        + cluster.nodes().stream()
                            .map(DevNode::name)
                            .collect(Collectors.joining(", "))));
  }

  /** Says so when a node ends or returns; ends itself when none is left. */
  private void watch(DevCluster cluster) {
    List<DevNode> up = new ArrayList<>(cluster.nodes());
    while (true) {
      DevProcesses.pause(WATCH);
      for (DevNode node : cluster.nodes()) {
        boolean runs = DevProcesses.running(node).isPresent();
        if (!runs && up.remove(node)) {
          String number = node.name().substring(1);
          err()
              .println(
                  node.name()
                      + " has ended; its log is "
                      + node.logFile()
                      + "; 'raftwood dev start "
                      + number
                      + "' starts it again");
        } else if (runs && !up.contains(node)) {
          up.add(node);
          err().println(node.name() + " runs again");
        }
      }
      if (up.isEmpty()) {
        err().println("no node is left");
        return;
      }
    }
  }

  private void printTable(DevCluster cluster) {
    TextTable table = new TextTable("NODE", "HTTP", "PID", "STATE", "ROLE", "DATA");
    for (DevNode node : cluster.nodes()) {
      table.add(
          node.name(), node.node().http(), pid(node), state(node), role(node), node.dataDir());
    }
    out().print(table);
    out().flush();
  }

  private void printRequests(DevCluster cluster) {
    List<DevNode> all = cluster.nodes();
    out().println("\nTry:");
    String[] requests = {
      "curl -i -X PUT --data-binary hello 'http://%s/put?key=greeting'",
      "curl -i 'http://%s/get?key=greeting'",
      "curl -i 'http://%s/exist?key=greeting'"
    };
    for (int i = 0; i < requests.length; i++) {
      String endpoint = all.get(i % all.size()).node().http().toString();
      out().println("  " + String.format(requests[i], endpoint));
    }
  }

  private static String pid(DevNode node) {
    return DevProcesses.running(node).map(process -> Long.toString(process.pid())).orElse("-");
  }

  private String state(DevNode node) {
    if (DevProcesses.running(node).isEmpty()) {
      return "down";
    }
    try {
      String endpoint = node.node().http().toString();
      int status = client.ask("GET", endpoint, "/readyz", STATUS_TIMEOUT).status();
      return status == 200 ? "ready" : "not ready";
    } catch (IOException e) {
      return "no answer";
    }
  }

  private String role(DevNode node) {
    try {
      String endpoint = node.node().http().toString();
      NodeClient.Answer answer = client.ask("GET", endpoint, "/admin/status", STATUS_TIMEOUT);
      return answer.status() == 200 ? StatusReport.parse(answer.body()).roleOf(node.name()) : "-";
    } catch (IOException | CommandFailedException e) {
      return "-";
    }
  }

  private CommandFailedException usage(String message) {
    return new CommandFailedException(picocli.CommandLine.ExitCode.USAGE, message);
  }

  private Path dir() {
    return data.toAbsolutePath().normalize();
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }

  /** Stops the nodes when this process is told to end, by Ctrl-C or SIGTERM. */
  private static final class StopOnExit {
    private final Thread hook;
    private volatile int exitCode = 130;

    StopOnExit(List<DevNode> nodes, PrintWriter err) {
      hook =
          new Thread(
              () -> {
                err.println("\nstopping " + nodes.size() + " node(s) ...");
                DevProcesses.stop(nodes, STOP_TIMEOUT);
                err.println("stopped");
                // The JVM would say 130 or 143; after Ctrl-C everything went as it should.
                Runtime.getRuntime().halt(exitCode);
              },
              "stop-dev-cluster");
      Runtime.getRuntime().addShutdownHook(hook);
    }

    /** From now on being told to end is the expected end. */
    void ready() {
      exitCode = ExitCode.OK;
    }

    void cancel() {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The hook runs already and ends the process.
        DevProcesses.pause(STOP_TIMEOUT.plus(STOP_TIMEOUT));
      }
    }
  }
}
