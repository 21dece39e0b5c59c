package io.raftwood.server;

import io.raftwood.cache.machine.CacheActivity;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.membership.CacheEpochs;
import io.raftwood.membership.CacheRegistrar;
import io.raftwood.membership.ClusterCommands;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.GroupObserver;
import io.raftwood.membership.JoinOutcome;
import io.raftwood.membership.ReplicaRetirement;
import io.raftwood.membership.StatusBoard;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.jraft.JRaftRuntime;
import io.raftwood.server.config.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * This node's part in the cache: its memory, registered with the meta group; the replicas that run
 * on it; and, while this node leads the meta group, the epochs of all cache groups.
 */
final class CacheMembership implements AutoCloseable {
  private static final long EPOCHS_TICK_MILLIS = 500;
  private static final long REGISTRAR_TICK_MILLIS = 100;
  private static final long RETIREMENT_TICK_MILLIS = 2_000;
  private static final long STOP_SECONDS = 30;

  /** So long a node that starts holds its readiness back for a cache that has not begun. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final ServerConfig config;
  private final JRaftRuntime runtime;
  private final ClusterDirectory cluster;
  private final StatusBoard board;
  private final ReplicaHost replicas;
  private final Optional<Path> root;
  private final CacheActivity activity = new CacheActivity();
  private final NodeTasks tasks;
  private final ExecutorService lifecycle =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "cache-lifecycle");
            thread.setDaemon(true);
            return thread;
          });

  private volatile Optional<Deadline> patience = Optional.empty();
  private Optional<CacheMemory> memory = Optional.empty();

  /**
   * Finds out whether this node can take part.
   *
   * @throws StartFailedException when the configured directory cannot be used
   */
  CacheMembership(
      ServerConfig config,
      JRaftRuntime runtime,
      ClusterDirectory cluster,
      StatusBoard board,
      ReplicaHost replicas,
      NodeEndings endings) {
    this.root = CacheMemory.locate(config.cache());
    this.config = config;
    this.runtime = runtime;
    this.cluster = cluster;
    this.board = board;
    this.replicas = replicas;
    this.tasks = new NodeTasks("cache", runtime, endings);
  }

  /** Begins, if {@code outcome} says that this node is a member. */
  JoinOutcome entered(JoinOutcome outcome) {
    if (outcome instanceof JoinOutcome.Joined joined) {
      patience = Optional.of(Deadline.after(PATIENCE));
      tasks.every(EPOCHS_TICK_MILLIS, epochs()::tick);
      root.ifPresent(
          directory -> lifecycle.execute(() -> tasks.run(() -> begin(directory, joined))));
    }
    return outcome;
  }

  private CacheEpochs epochs() {
    return new CacheEpochs(
        replicas::leadsMeta,
        cluster,
        board,
        replicas::tellMeta,
        config.raft().electionTimeout(),
        System::nanoTime);
  }

  private void begin(Path directory, JoinOutcome.Joined joined) {
    CacheMemory opened = CacheMemory.open(directory, config, joined.identity());
    memory = Optional.of(opened);
    CacheReplicas mine = new CacheReplicas(replicas, opened, activity, config.cache().maxBytes());
    String self = joined.identity().name();
    Runnable follow = () -> cluster.map().ifPresent(map -> mine.follow(map, self));
    follow.run();
    cluster.onChange(map -> later(follow));
    later(follow);
    ReplicaRetirement retirement =
        new ReplicaRetirement(self, cluster, new GroupObserver(cluster, board), System::nanoTime);
    tasks.every(
        RETIREMENT_TICK_MILLIS,
        () -> later(() -> retirement.due(mine.groups()).forEach(mine::retire)));
    CacheRegistrar registrar =
        new CacheRegistrar(
            joined.identity(),
            cluster::map,
            opened::incarnation,
            new ClusterCommands(runtime.transport(), this::everybody),
            () -> later(mine::forget));
    tasks.every(REGISTRAR_TICK_MILLIS, registrar::tick);
  }

  /** Whether the cache is about to begin, so that this node would be ready too early. */
  boolean awaited() {
    return takesPart() && patience.filter(time -> !time.passed()).isPresent();
  }

  /** Whether this node keeps the cache, too. */
  boolean takesPart() {
    return root.isPresent();
  }

  /** What was read on this node. */
  CacheActivity activity() {
    return activity;
  }

  private void later(Runnable task) {
    tasks.run(lifecycle, task);
  }

  private Map<String, NodeAddress> everybody() {
    return cluster.map().map(ClusterMap::nodes).orElse(List.of()).stream()
        .collect(Collectors.toMap(NodeRecord::name, NodeRecord::raft));
  }

  /** Stops following; the replicas must be stopped before {@link #release}. */
  @Override
  public void close() {
    tasks.close();
    lifecycle.shutdown();
    try {
      lifecycle.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives the memory up for the next process; its content stays. */
  void release() {
    memory.ifPresent(CacheMemory::close);
  }
}
