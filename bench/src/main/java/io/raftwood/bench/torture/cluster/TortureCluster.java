package io.raftwood.bench.torture.cluster;

import io.raftwood.bench.torture.disk.Disks;
import io.raftwood.bench.torture.machine.FakeClocks;
import io.raftwood.bench.torture.network.Network;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.File;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A cluster of server processes. Nodes are numbered from 0. Thread-safe: several faults may strike
 * at once, so killing what is dead and starting what runs is no error.
 */
public final class TortureCluster implements AutoCloseable {
  /** How long a node may take to get ready on a busy machine. */
  public static final Duration READY_LIMIT = Duration.ofSeconds(90);

  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final Duration WIPE_LIMIT = Duration.ofSeconds(30);

  private final ProgramCommand command;
  private final Network network;
  private final Disks disks;
  private final ClusterShape shape;
  private final List<TortureNode> nodes = new ArrayList<>();
  private final List<AdminCalls> admin = new ArrayList<>();
  private final Placements placements;
  private final Optional<FakeClocks> clocks;
  private final NodeProcess[] processes;
  private final List<String> surprises = new ArrayList<>();
  private boolean closed;

  /**
   * A cluster that does not run yet, with its files below {@code directory}.
   *
   * @param clocks makes the nodes' clocks wrong; empty = nothing will
   */
  public TortureCluster(
      ProgramCommand command,
      Network network,
      Disks disks,
      Optional<FakeClocks> clocks,
      ClusterShape shape,
      Path directory) {
    this.clocks = clocks;
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
    this.placements = new Placements(admin, this::answering);
  }

  /**
   * Writes all files, starts all nodes and waits until they are ready.
   *
   * @throws IOException with the ends of the logs if they do not get ready
   */
  public void start() throws IOException {
    for (TortureNode node : nodes) {
      node.write(shape, nodes);
      FakeClocks.set(node.clock(), 0);
    }
    for (int i = 0; i < size(); i++) {
      launch(i);
    }
    if (!awaitReady(READY_LIMIT)) {
      throw new IOException("the cluster does not get ready\n" + logs());
    }
    Waits.until(READY_LIMIT, () -> placements.remember(groups() + 1));
  }

  /** Number of nodes. */
  public int size() {
    return nodes.size();
  }

  /** Number of data groups. */
  public int groups() {
    return shape.groups();
  }

  /** The nodes' names. */
  public List<String> names() {
    return nodes.stream().map(TortureNode::name).toList();
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
    launch(node, clocks.map(fake -> fake.ofWall(nodes.get(node).clock())).orElse(Map.of()));
  }

  /**
   * The same, and all clocks of the node go at {@code rate}.
   *
   * @throws IOException if clocks cannot be hindered here
   */
  public synchronized void launchDrifting(int node, double rate) throws IOException {
    FakeClocks fake = clocks.orElseThrow(() -> new IOException("no faults of clocks"));
    launch(node, fake.atRate(rate));
  }

  /** Lets a node's wall clock be so far ahead, or back, within about a second. */
  public void setClock(int node, long seconds) throws IOException {
    FakeClocks.set(nodes.get(node).clock(), seconds);
  }

  private void launch(int node, Map<String, String> environment) throws IOException {
    NodeProcess old = processes[node];
    if (closed || (old != null && old.running())) {
      return;
    }
    noteSurprise(node);
    List<String> words = new ArrayList<>(network.enter(node));
    List<String> arguments = List.of("server", "--config", nodes.get(node).config().toString());
    words.addAll(command.words(shape.jvmFlags(), arguments));
    File log = nodes.get(node).log().toFile();
    processes[node] = NodeProcess.start(words, log, environment);
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

  /**
   * Lets every write and sync of a node's disk fail until the node has ended by itself, as it must;
   * then the disk is in order again. What was not synced is gone.
   *
   * @return how it ended, for people
   * @throws IOException if disks cannot be hindered here
   */
  public synchronized String failDisk(int node) throws IOException {
    noteSurprise(node);
    if (!processes[node].running()) {
      return "which did not run";
    }
    processes[node].resume();
    processes[node].expectEnd();
    disks.cut(List.of(node));
    Waits.until(END_LIMIT, () -> !processes[node].running());
    String end = ending(node, true);
    processes[node].kill();
    disks.restore(List.of(node));
    return end;
  }

  /**
   * Lets a node's disk be full for {@code time}; the node may end by itself.
   *
   * @return what became of it, for people
   * @throws IOException if disks cannot be hindered here
   */
  public synchronized String fillDisk(int node, Duration time) throws IOException {
    noteSurprise(node);
    if (!processes[node].running()) {
      return "which did not run";
    }
    processes[node].expectEnd();
    disks.fill(node);
    Waits.until(time, () -> !processes[node].running());
    String end = ending(node, false);
    disks.free(node);
    processes[node].expectNoEnd();
    return end;
  }

  /** A node whose disk fails must say so in one line, and end with its code for faults. */
  private String ending(int node, boolean demanded) {
    Optional<NodeEnd> end = end(node);
    if (end.isEmpty()) {
      if (demanded) {
        surprise(node, "does not end though its disk fails");
      }
      return "which went on";
    }
    if (!end.get().fault()) {
      surprise(node, "ended with code " + end.get().code() + " when its disk failed");
    }
    return "which " + end.get();
  }

  /** A node may end by itself from now on. */
  public synchronized void expectEnd(int node) {
    processes[node].expectEnd();
  }

  /** A node may not end by itself from now on, unless it has already. */
  public synchronized void expectNoEnd(int node) {
    processes[node].expectNoEnd();
  }

  /** How a node's process ended; empty while it runs. */
  public synchronized Optional<NodeEnd> end(int node) {
    NodeProcess process = processes[node];
    return process.running()
        ? Optional.empty()
        : Optional.of(
            new NodeEnd(process.exitCode(), nodes.get(node).lastReason(process.logStart())));
  }

  /** Notes something about a node that must not be; the end of its log is added. */
  public synchronized void surprise(int node, String what) {
    surprises.add(name(node) + " " + what + "\n" + nodes.get(node).logTail());
  }

  /** Where a node's files are. */
  public Path dataDirectory(int node) {
    return nodes.get(node).data();
  }

  /**
   * Empties the data directory of a node that does not run, as operators do: refused while another
   * one is not ready, and then tried again.
   *
   * @return what the last attempt came to, if none succeeded within {@code limit}
   */
  public Optional<String> wipe(int node, Duration limit) {
    List<String> words = new ArrayList<>(network.enter(node));
    List<String> arguments =
        List.of("wipe", "--yes", "--config", nodes.get(node).config().toString());
    words.addAll(command.words(List.of(), arguments));
    File log = nodes.get(node).log().toFile();
    String[] last = {""};
    boolean done =
        Waits.until(
            limit,
            () -> {
              NodeProcess wipe = NodeProcess.start(words, log, Map.of());
              boolean ended = Waits.until(WIPE_LIMIT, () -> !wipe.running());
              wipe.kill();
              last[0] = ended ? "exit code " + wipe.exitCode() : "no end in " + WIPE_LIMIT;
              return ended && wipe.exitCode() == 0;
            });
    return done ? Optional.empty() : Optional.of(last[0]);
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

  /** Whether one node says that it is ready. */
  public boolean ready(int node) throws IOException {
    return admin.get(node).ready();
  }

  /** Whether all nodes are ready and all replicas where they were at first; asks for the latter. */
  public boolean whole() throws IOException {
    return awaitReady(Duration.ZERO) && placements.restored();
  }

  /** Who votes in which group. */
  public Placements placements() {
    return placements;
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
