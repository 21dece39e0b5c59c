package io.raftwood.server;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.backup.BackupViews;
import io.raftwood.backup.Backups;
import io.raftwood.backup.ReplicatedRestoreStore;
import io.raftwood.cache.ReplicatedCacheStore;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvGroups;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.ReplicatedCompareStore;
import io.raftwood.kv.ReplicatedKvGroups;
import io.raftwood.kv.ReplicatedKvStore;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.ClusterHandshake;
import io.raftwood.membership.DataDirectory;
import io.raftwood.membership.HashCheck;
import io.raftwood.membership.JoinOutcome;
import io.raftwood.membership.SnapshotRequests;
import io.raftwood.membership.StatusBoard;
import io.raftwood.membership.VoterLag;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.raft.AdmissionBudget;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.KernelCommand;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.raft.jraft.JRaftRuntime;
import io.raftwood.routing.ForwardService;
import io.raftwood.routing.RequestRouter;
import io.raftwood.server.config.LoadedConfig;
import io.raftwood.server.config.ServerConfig;
import io.raftwood.server.http.CacheService;
import io.raftwood.server.http.HttpEndpoint;
import io.raftwood.server.http.Stores;
import io.raftwood.storage.rocksdb.RocksDbTabletStore;
import io.raftwood.tree.ReplicatedTreeStore;
import io.raftwood.tree.TreeMachine;
import io.raftwood.tree.TreeQueryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node: everything that runs in a process, made and started in order, stopped in reverse.
 *
 * <p>Order of the start: data directory (identity, lock), storage, Raft port, HTTP port (answers
 * {@code /livez}, not ready yet), handshake with the other nodes, replicas.
 */
final class ServerNode implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerNode.class);

  /** Where the tablets are in the data directory. */
  static final String TABLETS = "tablets";

  /** Where the Raft state is in the data directory. */
  static final String RAFT = "raft";

  /** What a node keeps in its data directory beside its identity. */
  static final List<String> STATE_ENTRIES = List.of(TABLETS, RAFT);

  private static final Duration DRAIN_TIME = Duration.ofSeconds(10);
  private static final int LONG_QUERY_THREADS = 2;
  private static final int LONG_QUERIES_WAITING_MAX = 64;

  private final DataDirectory data;
  private final RocksDbTabletStore tablets;
  private final JRaftRuntime runtime;
  private final ReplicaHost replicas;
  private final NodeMembership membership;
  private final CacheMembership cache;
  private final BackupViews backups;
  private final ThreadPoolExecutor longQueries = longQueries();
  private final HttpEndpoint http;

  /**
   * Opens what the node needs; nothing is served yet.
   *
   * @throws StartFailedException when a port or the storage cannot be used
   * @throws io.raftwood.membership.DataDirectoryException when the data directory cannot be used
   */
  ServerNode(LoadedConfig loaded, NodeEndings endings) {
    ServerConfig config = loaded.config();
    Path directory = config.node().dataDir();
    data = DataDirectory.open(directory, config.node().name(), STATE_ENTRIES);
    tablets =
        new RocksDbTabletStore(
            directory.resolve(TABLETS), ConfigTranslation.storage(config.storage()));
    runtime = new JRaftRuntime(ConfigTranslation.address(config.raft().endpoint()));
    PrometheusRegistry registry = new PrometheusRegistry();
    TreeMetrics trees = new TreeMetrics(registry);
    ClusterDirectory cluster = new ClusterDirectory();
    StatusBoard board = new StatusBoard(System::nanoTime);
    replicas =
        new ReplicaHost(
            runtime,
            ConfigTranslation.groups(config.raft(), config.storage()),
            new ReplicaHost.Disk(directory.resolve(RAFT), tablets),
            new GroupMachines(trees),
            cluster,
            new AdmissionBudget(config.raft().queueBytesMax()),
            endings);
    VoterLag lag =
        new VoterLag(
            cluster, board, System::nanoTime, ConfigTranslation.lagBounds(config.hustdb()));
    membership =
        new NodeMembership(
            runtime,
            data,
            new NodeMembership.Wishes(ConfigTranslation.plan(config), config.raft().preferLeader()),
            cluster,
            board,
            replicas,
            endings);
    membership.alsoTick(lag::tick);
    if (config.raft().cliRpc()) {
      runtime.serveCli(membership.peerChanges());
    }
    cache = new CacheMembership(config, runtime, cluster, board, replicas, endings);
    RequestRouter router =
        new RequestRouter(
            new DirectoryLocator(config.node().name(), cluster, board),
            replicas,
            runtime.transport(),
            runtime.ticker(),
            ConfigTranslation.staleAfter(config));
    runtime.serve(
        PeerMessageKind.FORWARD, new ForwardService(replicas, ServerNode::isLong, longQueries));
    new ReplicaMetrics(replicas).register(registry);
    trees.register(registry, replicas);
    SyncMetrics.register(lag, registry);
    DivergenceAlarms alarms = new DivergenceAlarms(cluster, System::nanoTime, registry);
    new CacheMetrics(replicas, cluster, cache.activity()).register(registry);
    backups = NodeBackups.views(replicas, membership, registry);
    http =
        new HttpEndpoint(
            ConfigTranslation.http(config),
            stores(router, cluster, backups, alarms, cacheService(router, cluster, board)),
            admin(loaded, cluster, board, lag, alarms, hashCheck(cluster, router)),
            registry);
  }

  private static CacheService cacheService(
      RequestRouter router, ClusterDirectory cluster, StatusBoard board) {
    CacheTransit cached = new CacheTransit(router, cluster);
    return new CacheService(new ReplicatedCacheStore(cached), new CacheLag(cached, cluster, board));
  }

  private NodeAdmin admin(
      LoadedConfig loaded,
      ClusterDirectory cluster,
      StatusBoard board,
      VoterLag lag,
      DivergenceAlarms alarms,
      HashCheck hashes) {
    NodeAdmin.Watches watches =
        new NodeAdmin.Watches(
            hashes,
            membership::startRecorded,
            lag,
            alarms,
            membership.meta(),
            cache.takesPart(),
            cache::awaited);
    NodeAdmin.Operations operations =
        new NodeAdmin.Operations(
            membership.changes(),
            new SnapshotRequests(cluster, runtime.transport()),
            new ProcessControls(loaded));
    String self = loaded.config().node().name();
    return new NodeAdmin(self, cluster, board, replicas, watches, operations);
  }

  private static Stores stores(
      RequestRouter router,
      ClusterDirectory cluster,
      BackupViews views,
      DivergenceAlarms alarms,
      CacheService cache) {
    KvGroups groups = new ReplicatedKvGroups(new GroupTransit(router, cluster));
    RestoreTransit restored = new RestoreTransit(router, cluster);
    return new Stores(
        new ReplicatedKvStore(router),
        new ReplicatedCompareStore(groups, alarms),
        groups,
        new ReplicatedTreeStore(router),
        cache,
        new Backups(views, new ReplicatedRestoreStore(restored, GroupMachines.ARCHIVES)),
        router::bundle);
  }

  /** Threads for what takes long and other nodes have asked for. */
  private static ThreadPoolExecutor longQueries() {
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            LONG_QUERY_THREADS,
            LONG_QUERY_THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(LONG_QUERIES_WAITING_MAX),
            task -> {
              Thread thread = new Thread(task, "long-queries");
              thread.setDaemon(true);
              return thread;
            },
            (task, pool) -> {
              throw new OverloadedException("too many long queries wait");
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  private static boolean isLong(Query query) {
    return query.family() == KvCommand.FAMILY && KvQueryCodec.isLong(query.payload())
        || query.family() == TreeMachine.FAMILY && TreeQueryCodec.isLong(query.payload());
  }

  private HashCheck hashCheck(ClusterDirectory cluster, RequestRouter router) {
    return new HashCheck(
        cluster,
        (group, id, deadline) ->
            router
                .write(group, new KernelCommand.Barrier(id).toCommand(), unattended(deadline))
                .thenApply(Replicated::appliedIndex),
        runtime.transport(),
        runtime.ticker(),
        new SecureRandom()::nextLong);
  }

  private static RequestOptions unattended(Deadline deadline) {
    return new RequestOptions(
        ReadConsistency.LINEARIZABLE, false, deadline, Optional.empty(), Runnable::run);
  }

  /** Opens the ports and joins the cluster. The future completes when that has ended. */
  CompletableFuture<JoinOutcome> start() {
    try {
      runtime.start();
      http.start();
    } catch (IOException | IllegalStateException e) {
      throw new StartFailedException(e.getMessage(), e);
    }
    LOG.info("HTTP port {} is open", http.port());
    ClusterHandshake handshake = membership.handshake();
    return handshake
        .start(runtime.ticker())
        .thenCompose(membership::entered)
        .thenApply(cache::entered);
  }

  /** Hands leadership over and lets requests under way end. Blocks. */
  void drain() {
    http.drain();
    new LeadershipHandover(replicas).run();
    membership.reportNow();
  }

  @Override
  public void close() {
    try {
      http.stop(DRAIN_TIME);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    membership.close();
    cache.close();
    longQueries.shutdown();
    backups.close();
    replicas.close();
    cache.release();
    runtime.close();
    tablets.close();
    data.close();
  }
}
