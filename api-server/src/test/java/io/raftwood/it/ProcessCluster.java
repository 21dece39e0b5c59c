package io.raftwood.it;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.fixtures.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * A cluster of server processes on loopback, with everything below one directory. Nodes are
 * numbered from 0 and called {@code n1}, {@code n2}, ...
 *
 * <p>Reading methods may be called from any thread; those that act on one node, from one thread at
 * a time. Every wait has a deadline, and a failure carries the ends of all logs.
 */
final class ProcessCluster implements AutoCloseable {
  /** How long a node may take to get ready, with all of them starting on a busy machine. */
  static final Duration READY_LIMIT = Duration.ofSeconds(120);

  private static final Duration EXIT_LIMIT = Duration.ofSeconds(60);
  private static final Duration STATUS_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration CHECK_TIMEOUT = Duration.ofSeconds(60);
  private static final byte[] NO_BODY = new byte[0];

  private static final int NODES_ADDED_MAX = 8;

  private final List<NodeFiles> nodes = new CopyOnWriteArrayList<>();
  private final AtomicReferenceArray<ServerProcess> processes;
  private final ClusterSpec spec;
  private final Thread lastResort = new Thread(this::killAll);

  private ProcessCluster(ClusterSpec spec) {
    this.processes = new AtomicReferenceArray<>(spec.nodes() + NODES_ADDED_MAX);
    this.spec = spec;
  }

  /** Starts all nodes below {@code directory} and waits until they are ready. */
  static ProcessCluster start(ClusterSpec spec, Path directory) throws IOException {
    ProcessCluster cluster = new ProcessCluster(spec);
    List<Integer> ports = FreePorts.take(2 * spec.nodes());
    for (int i = 0; i < spec.nodes(); i++) {
      String name = "n" + (i + 1);
      Path home = directory.resolve(name);
      cluster.nodes.add(new NodeFiles(name, home, ports.get(2 * i), ports.get(2 * i + 1)));
    }
    for (NodeFiles node : cluster.nodes) {
      node.writeConfig(spec, cluster.nodes);
    }
    Runtime.getRuntime().addShutdownHook(cluster.lastResort);
    try {
      cluster.startAll();
    } catch (IOException | RuntimeException | Error e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /**
   * Prepares one more node, whose configuration lists all that are there, too; its number. It is
   * neither added to the cluster nor started.
   */
  int prepareNode(Path directory) throws IOException {
    List<Integer> ports = FreePorts.take(2);
    String name = "n" + (nodes.size() + 1);
    NodeFiles added = new NodeFiles(name, directory.resolve(name), ports.get(0), ports.get(1));
    List<NodeFiles> all = new ArrayList<>(nodes);
    all.add(added);
    added.writeConfig(spec, all);
    nodes.add(added);
    return nodes.size() - 1;
  }

  /** Whether node {@code i} has a process that answers. */
  boolean answering(int i) {
    return processes.get(i) != null && processes.get(i).answering();
  }

  /** Number of nodes. */
  int size() {
    return nodes.size();
  }

  /** The files of node {@code i}. */
  NodeFiles node(int i) {
    return nodes.get(i);
  }

  /** The number of the node called {@code name}. */
  int indexOf(String name) {
    for (int i = 0; i < nodes.size(); i++) {
      if (nodes.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new AssertionError("no node " + name);
  }

  /** The newest process of node {@code i}. */
  ServerProcess process(int i) {
    return processes.get(i);
  }

  /** A client of node {@code i}; not thread-safe. */
  HustdbClient client(int i, Duration timeout) {
    return new HustdbClient(nodes.get(i).http(), timeout);
  }

  /** Starts node {@code i} without waiting. */
  void launch(int i) throws IOException {
    Map<String, String> environment = spec.environments().getOrDefault(i, Map.of());
    processes.set(i, ServerProcess.launch(nodes.get(i), environment, spec.optimized()));
  }

  /** Starts node {@code i} and waits until it is ready. */
  void start(int i) throws IOException {
    launch(i);
    awaitReady(i);
  }

  /** Starts all nodes, then waits until all are ready. */
  void startAll() throws IOException {
    for (int i = 0; i < size(); i++) {
      launch(i);
    }
    for (int i = 0; i < size(); i++) {
      awaitReady(i);
    }
  }

  /** Waits until {@code /readyz} of node {@code i} says 200; fails at once if the process ends. */
  void awaitReady(int i) {
    Await.until(
        nodes.get(i).name() + " is ready",
        READY_LIMIT,
        () -> !process(i).running() || ready(i),
        this::logs);
    if (!process(i).running()) {
      throw new AssertionError(nodes.get(i).name() + " ended instead of getting ready\n" + logs());
    }
  }

  /** Kills node {@code i} (SIGKILL) and waits until it is gone. */
  void kill(int i) throws InterruptedException {
    process(i).kill();
    process(i).awaitExit(EXIT_LIMIT);
  }

  /** Kills all nodes at once. */
  void killAll() {
    for (int i = 0; i < processes.length(); i++) {
      if (processes.get(i) != null) {
        processes.get(i).kill();
      }
    }
  }

  /** Asks node {@code i} to stop (SIGTERM) and waits; its exit code. */
  int stop(int i) throws InterruptedException {
    process(i).terminate();
    return process(i).awaitExit(EXIT_LIMIT);
  }

  /** Freezes node {@code i} (SIGSTOP). */
  void pause(int i) throws IOException, InterruptedException {
    process(i).pause();
  }

  /** Lets node {@code i} go on (SIGCONT). */
  void resume(int i) throws IOException, InterruptedException {
    process(i).resume();
  }

  /** Empties the disk of node {@code i}, which must not run. */
  void wipe(int i) throws IOException {
    nodes.get(i).wipe();
  }

  /** What node {@code i} knows of the cluster. */
  ClusterStatus status(int i) throws IOException {
    return ClusterStatus.parse(ask(i, "GET", "/admin/status", STATUS_TIMEOUT));
  }

  /** The number of the node that leads {@code group}, as far as any node that answers knows. */
  Optional<Integer> leader(String group) {
    for (int i = 0; i < size(); i++) {
      if (answering(i)) {
        try {
          Optional<String> leader = status(i).leader(group);
          if (leader.isPresent() && answering(indexOf(leader.get()))) {
            return Optional.of(indexOf(leader.get()));
          }
        } catch (IOException e) {
          // Not up yet, or going down: another node is asked.
        }
      }
    }
    return Optional.empty();
  }

  /** Waits for a leader of {@code group}; its number. */
  int awaitLeader(String group) {
    AtomicInteger found = new AtomicInteger(-1);
    Await.until(
        "a leader of " + group,
        READY_LIMIT,
        () -> {
          found.set(leader(group).orElse(-1));
          return found.get() >= 0;
        },
        this::logs);
    return found.get();
  }

  /** Compares the replicas of all groups, asked of any node that answers. */
  List<ReplicaCheck> check() throws IOException {
    for (int i = 0; i < size(); i++) {
      if (answering(i)) {
        return ReplicaCheck.parse(ask(i, "POST", "/admin/check", CHECK_TIMEOUT));
      }
    }
    throw new IOException("no node answers");
  }

  /** Waits until every group has equal content on all nodes; then what was compared. */
  List<ReplicaCheck> awaitEqualReplicas() throws IOException {
    List<ReplicaCheck> last = new ArrayList<>();
    Await.until(
        "equal replicas of all groups",
        READY_LIMIT,
        () -> {
          List<ReplicaCheck> checks = check();
          last.clear();
          last.addAll(checks);
          return !checks.isEmpty() && checks.stream().allMatch(one -> one.equalOn(size()));
        },
        () -> last + "\n" + logs());
    return last;
  }

  /** The ends of all logs. */
  String logs() {
    StringBuilder text = new StringBuilder();
    nodes.forEach(node -> text.append(node.logTail()));
    return text.toString();
  }

  @Override
  public void close() {
    killAll();
    for (int i = 0; i < processes.length(); i++) {
      if (processes.get(i) != null) {
        awaitEnd(processes.get(i));
      }
    }
    Runtime.getRuntime().removeShutdownHook(lastResort);
  }

  /** The directory is deleted afterwards: no process may still write there. */
  private static void awaitEnd(ServerProcess process) {
    try {
      process.awaitExit(EXIT_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ready(int i) throws IOException {
    try (HustdbClient client = client(i, STATUS_TIMEOUT)) {
      return client.request("GET", "/readyz", NO_BODY).status() == 200;
    }
  }

  private String ask(int i, String method, String target, Duration timeout) throws IOException {
    try (HustdbClient client = client(i, timeout)) {
      HttpReply reply = client.request(method, target, NO_BODY);
      if (reply.status() != 200) {
        throw new IOException(target + " answered " + reply.status() + " " + reply.text());
      }
      return reply.text();
    }
  }
}
