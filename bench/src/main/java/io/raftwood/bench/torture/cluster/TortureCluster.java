package io.raftwood.bench.torture.cluster;

import io.raftwood.bench.torture.disk.Disks;
import io.raftwood.bench.torture.network.Network;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A cluster of server processes. Nodes are numbered from 0. Thread-safe: several faults may strike
 * at once, so killing what is dead and starting what runs is no error.
 */
public final class TortureCluster implements AutoCloseable {
  /** How long a node may take to get ready on a busy machine. */
  public static final Duration READY_LIMIT = Duration.ofSeconds(90);

  private final ServerCommand command;
  private final Network network;
  private final Disks disks;
  private final ClusterShape shape;
  private final List<TortureNode> nodes = new ArrayList<>();
  private final List<AdminCalls> admin = new ArrayList<>();
  private final NodeProcess[] processes;
  private final List<String> surprises = new ArrayList<>();
  private boolean closed;

  /** A cluster that does not run yet, with its files below {@code directory}. */
  public TortureCluster(
      ServerCommand command, Network network, Disks disks, ClusterShape shape, Path directory) {
    this.command = command;
    this.network = network;
    this.disks = disks;
    this.shape = shape;
    this.processes = new NodeProcess[shape.nodes()];
    for (int i = 0; i < shape.nodes(); i++) {
      String name = "n" + (i + 1);
      nodes.add(
          new TortureNode(name, network.address(i), directory.resolve(name), disks.directory(i)));
      admin.add(new AdminCalls(network.address(i)));
    }
  }

  /**
   * Writes all files, starts all nodes and waits until they are ready.
   *
   * @throws IOException with the ends of the logs if they do not get ready
   */
  public void start() throws IOException {
    for (TortureNode node : nodes) {
      node.write(shape, nodes);
    }
    for (int i = 0; i < size(); i++) {
      launch(i);
    }
    if (!awaitReady(READY_LIMIT)) {
      throw new IOException("the cluster does not get ready\n" + logs());
    }
  }

  /** Number of nodes. */
  public int size() {
    return nodes.size();
  }

  /** Number of data groups. */
  public int groups() {
    return shape.groups();
  }

  /** A node's name. */
  public String name(int node) {
    return nodes.get(node).name();
  }

  /** The nodes' HTTP sockets. */
  public List<InetSocketAddress> addresses() {
    return nodes.stream().map(node -> node.address().http()).toList();
  }

  /** Starts a node if it does not run; does not wait. */
  public synchronized void launch(int node) throws IOException {
    NodeProcess old = processes[node];
    if (closed || (old != null && old.running())) {
      return;
    }
    noteSurprise(node);
    List<String> words = new ArrayList<>(network.enter(node));
    words.addAll(command.words(nodes.get(node).config(), shape.jvmFlags()));
    processes[node] = NodeProcess.start(words, nodes.get(node).log().toFile());
  }

  /** Kills a node (SIGKILL). */
  public synchronized void kill(int node) throws IOException {
    noteSurprise(node);
    processes[node].kill();
  }

  /**
   * Lets the power of these nodes fail: what they have not synced is lost, and they do not run.
   *
   * @throws IOException if disks cannot be hindered here
   */
  public synchronized void cutPower(List<Integer> victims) throws IOException {
    for (int node : victims) {
      noteSurprise(node);
      processes[node].expectEnd();
    }
    disks.cut(victims);
    for (int node : victims) {
      processes[node].kill();
    }
    disks.restore(victims);
  }

  /** Freezes a node (SIGSTOP). */
  public synchronized void pause(int node) throws IOException {
    processes[node].pause();
  }

  /** Lets a frozen node go on (SIGCONT). */
  public synchronized void resume(int node) throws IOException {
    if (processes[node].paused()) {
      processes[node].resume();
    }
  }

  /** Lets all frozen nodes go on and starts all that do not run; does not wait. */
  public synchronized void reviveAll() throws IOException {
    for (int i = 0; i < size(); i++) {
      resume(i);
      launch(i);
    }
  }

  /** Waits until all nodes are ready; false if they were not within {@code limit}. */
  public boolean awaitReady(Duration limit) {
    return Waits.until(
        limit,
        () -> {
          for (AdminCalls node : admin) {
            if (!node.ready()) {
              return false;
            }
          }
          return true;
        });
  }

  /** Whether a node can be expected to answer. */
  public synchronized boolean answering(int node) {
    return processes[node] != null && processes[node].running() && !processes[node].paused();
  }

  /** What one node says of all replicas. */
  public List<ReplicaState> replicas(int node) throws IOException {
    return admin.get(node).replicas();
  }

  /** The node that leads {@code group}, as far as one that answers knows. */
  public Optional<Integer> leader(String group) {
    for (int i = 0; i < size(); i++) {
      Optional<Integer> leader = answering(i) ? leader(i, group) : Optional.empty();
      if (leader.isPresent()) {
        return leader;
      }
    }
    return Optional.empty();
  }

  /** Compares all replicas, asked of one node. */
  public List<GroupHashes> check(int node) throws IOException {
    return admin.get(node).check();
  }

  /** Asks one node to have {@code group} led by another. */
  public void transfer(int asked, String group, int leader) throws IOException {
    admin.get(asked).transfer(group, name(leader));
  }

  /** Asks one node to have every replica take a snapshot. */
  public void snapshot(int asked) throws IOException {
    admin.get(asked).snapshot();
  }

  /** Processes that ended although nobody had told them to, a line each with the end of the log. */
  public synchronized List<String> surprises() {
    for (int i = 0; i < size(); i++) {
      noteSurprise(i);
    }
    return List.copyOf(surprises);
  }

  /** The ends of all logs. */
  public String logs() {
    StringBuilder text = new StringBuilder();
    nodes.forEach(node -> text.append(node.logTail()));
    return text.toString();
  }

  /** Kills all nodes; they cannot be started again. May be called more than once. */
  @Override
  public synchronized void close() {
    closed = true;
    for (NodeProcess process : processes) {
      if (process != null) {
        process.killAtOnce();
      }
    }
    for (NodeProcess process : processes) {
      try {
        if (process != null) {
          process.kill();
        }
      } catch (IOException e) {
        // Nothing more can be done about it here.
      }
    }
  }

  private void noteSurprise(int node) {
    NodeProcess process = processes[node];
    if (process != null && process.endedByItself()) {
      surprises.add(
          name(node) + " ended with code " + process.exitCode() + "\n" + nodes.get(node).logTail());
      process.killAtOnce();
    }
  }

  private Optional<Integer> leader(int asked, String group) {
    try {
      return replicas(asked).stream()
          .filter(replica -> replica.leads() && replica.group().equals(group))
          .max(Comparator.comparingLong(ReplicaState::term))
          .flatMap(replica -> indexOf(replica.node()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Integer> indexOf(String name) {
    return IntStream.range(0, size()).filter(i -> name(i).equals(name)).boxed().findFirst();
  }
}
