package io.raftwood.server;

import io.raftwood.admin.NodeFigures;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.FormationPlan;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.membership.CacheSeats;
import io.raftwood.membership.ClusterCommandService;
import io.raftwood.membership.ClusterCommands;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.ClusterHandshake;
import io.raftwood.membership.DataDirectory;
import io.raftwood.membership.GroupObserver;
import io.raftwood.membership.HelloService;
import io.raftwood.membership.HostedReplica;
import io.raftwood.membership.JoinOutcome;
import io.raftwood.membership.LeaderPreference;
import io.raftwood.membership.LeadershipRequests;
import io.raftwood.membership.MembershipSteps;
import io.raftwood.membership.MetaGroupAccess;
import io.raftwood.membership.MetaWatch;
import io.raftwood.membership.NodeChanges;
import io.raftwood.membership.NodeDepartures;
import io.raftwood.membership.NodeIdentity;
import io.raftwood.membership.NodeReport;
import io.raftwood.membership.PeerChangeRequests;
import io.raftwood.membership.PlacementExecutor;
import io.raftwood.membership.RemovalWatch;
import io.raftwood.membership.ReplicaRetirement;
import io.raftwood.membership.ReportSender;
import io.raftwood.membership.ReportService;
import io.raftwood.membership.SnapshotService;
import io.raftwood.membership.StartRecorder;
import io.raftwood.membership.StateHashService;
import io.raftwood.membership.StatusBoard;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.raft.GroupControl;
import io.raftwood.raft.PeerChanges;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.StateHash;
import io.raftwood.raft.jraft.JRaftGroup;
import io.raftwood.raft.jraft.JRaftRuntime;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node as a member of its cluster: the handshake, the replicas that follow the cluster map,
 * the reports, and the placement that it carries out while it leads the meta group.
 */
final class NodeMembership implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeMembership.class);
  private static final long TICK_MILLIS = 500;
  private static final long RECORDER_TICK_MILLIS = 100;
  private static final long RETIREMENT_TICK_MILLIS = 2_000;
  private static final int NONCE_BYTES = 8;
  private static final Duration CLI_PATIENCE = Duration.ofSeconds(60);

  private final JRaftRuntime runtime;
  private final DataDirectory data;
  private final Wishes wishes;
  private final ClusterDirectory cluster;
  private final StatusBoard board;
  private final ReplicaHost replicas;
  private final NodeEndings endings;
  private final MetaGroupAccess meta;
  private final ExecutorService lifecycle =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "replica-lifecycle");
            thread.setDaemon(true);
            return thread;
          });

  private final List<Runnable> watches = new CopyOnWriteArrayList<>();
  private final NodeTasks tasks;
  private volatile Supplier<NodeFigures> figures = () -> NodeFigures.UNKNOWN;
  private volatile boolean startRecorded;
  private volatile Optional<ReportSender> reports = Optional.empty();
  private volatile Optional<JoinOutcome.Joined> joined = Optional.empty();

  NodeMembership(
      JRaftRuntime runtime,
      DataDirectory data,
      Wishes wishes,
      ClusterDirectory cluster,
      StatusBoard board,
      ReplicaHost replicas,
      NodeEndings endings) {
    this.runtime = runtime;
    this.data = data;
    this.wishes = wishes;
    this.cluster = cluster;
    this.board = board;
    this.replicas = replicas;
    this.endings = endings;
    this.tasks = new NodeTasks("membership", runtime, endings);
    this.meta =
        new MetaGroupAccess(
            new ClusterCommands(runtime.transport(), this::everybody),
            this::clusterId,
            () -> replicas.find(ClusterMap.META_GROUP),
            cluster,
            runtime.ticker());
    serve();
  }

  /**
   * What the configuration says of the cluster.
   *
   * @param plan its birth
   * @param preferLeader whether leadership goes to each group's first voter
   */
  record Wishes(FormationPlan plan, boolean preferLeader) {}

  /** Has reports tell {@code told} of process and disk; to be called before {@link #entered}. */
  void figures(Supplier<NodeFigures> told) {
    figures = told;
  }

  /** What operators change of nodes and placement. */
  NodeChanges changes() {
    GroupObserver groups = observer();
    return new NodeChanges(
        cluster,
        groups,
        meta::propose,
        new LeadershipRequests(cluster, groups, runtime.transport()));
  }

  /** What clients of JRaft's {@code CliService} change of groups. */
  PeerChanges peerChanges() {
    return new PeerChangeRequests(cluster, observer(), changes(), runtime.ticker(), CLI_PATIENCE);
  }

  private GroupObserver observer() {
    return new GroupObserver(cluster, board);
  }

  /** The way to the meta group. */
  MetaGroupAccess meta() {
    return meta;
  }

  /** Once this node is a member, has {@code task} done after each report; it must not block. */
  void alsoTick(Runnable task) {
    watches.add(task);
  }

  private void serve() {
    runtime.serve(
        PeerMessageKind.HELLO,
        new HelloService(data, wishes.plan(), cluster, board, () -> joined.isPresent()));
    runtime.serve(PeerMessageKind.REPORT, new ReportService(this::clusterId, board));
    runtime.serve(
        PeerMessageKind.CLUSTER_COMMAND,
        new ClusterCommandService(this::clusterId, () -> replicas.find(ClusterMap.META_GROUP)));
    runtime.serve(
        PeerMessageKind.MEMBERSHIP_STEP, new MembershipSteps(this::clusterId, this::hosted));
    runtime.serve(
        PeerMessageKind.TAKE_SNAPSHOT, new SnapshotService(this::clusterId, this::hosted));
    runtime.serve(PeerMessageKind.STATE_HASH, new StateHashService(this::hosted));
  }

  private Optional<HostedReplica> hosted(String group) {
    return replicas.replica(group).map(Hosted::new);
  }

  /** One replica as membership sees it. */
  private record Hosted(JRaftGroup replica) implements HostedReplica {
    @Override
    public RaftGroup group() {
      return replica;
    }

    @Override
    public GroupControl control() {
      return replica.control();
    }

    @Override
    public Optional<CompletableFuture<StateHash>> stateHash(long barrier) {
      return replica.hashes().find(barrier);
    }
  }

  private Optional<String> clusterId() {
    return joined.flatMap(member -> member.identity().clusterId());
  }

  ClusterHandshake handshake() {
    return new ClusterHandshake(
        data, wishes.plan(), runtime.transport(), replicas, System::nanoTime);
  }

  /** Starts the replicas of a member; completes with the same outcome once they run. */
  CompletableFuture<JoinOutcome> entered(JoinOutcome outcome) {
    if (!(outcome instanceof JoinOutcome.Joined member)) {
      return CompletableFuture.completedFuture(outcome);
    }
    return CompletableFuture.supplyAsync(() -> enter(member), lifecycle);
  }

  private JoinOutcome enter(JoinOutcome.Joined member) {
    NodeIdentity self = member.identity();
    LOG.info(
        "node '{}' is a member of cluster {} (index {}, start {})",
        self.name(),
        self.clusterId().orElseThrow(),
        self.index(),
        self.starts());
    member.map().ifPresent(cluster::offer);
    replicas.start(ClusterMap.META_GROUP, member);
    JRaftGroup replica = replicas.replica(ClusterMap.META_GROUP).orElseThrow();
    MetaWatch watch = new MetaWatch(replica, self.formation().orElseThrow(), cluster);
    watch.tick();
    cluster.offer(member.initialMap());
    cluster.onChange(map -> follow(member));
    cluster.map().ifPresent(map -> replicas.startWanted(map, member));
    joined = Optional.of(member);
    Runnable look =
        () -> {
          watch.tick();
          meta.tick();
        };
    replica.onApplied(look);
    reports = Optional.of(new ReportSender(this::report, board, this::others, runtime.transport()));
    tasks.every(TICK_MILLIS, look);
    tasks.every(TICK_MILLIS, this::sendReport);
    GroupObserver groups = observer();
    tasks.every(TICK_MILLIS, placement(groups)::tick);
    tasks.every(
        TICK_MILLIS,
        new NodeDepartures(replicas::leadsMeta, cluster, groups, replicas::tellMeta)::tick);
    tasks.every(TICK_MILLIS, removalWatch(self)::tick);
    ReplicaRetirement retirement =
        new ReplicaRetirement(self.name(), cluster, groups, System::nanoTime);
    tasks.every(RETIREMENT_TICK_MILLIS, () -> later(() -> retire(retirement)));
    watches.forEach(task -> tasks.every(TICK_MILLIS, task));
    recordStart(self);
    return member;
  }

  private RemovalWatch removalWatch(NodeIdentity self) {
    return new RemovalWatch(
        self,
        cluster,
        board,
        new ClusterCommands(runtime.transport(), this::everybody),
        System::nanoTime,
        endings::removed);
  }

  private void retire(ReplicaRetirement retirement) {
    retirement.due(replicas.dataGroups()).forEach(replicas::retire);
  }

  private PlacementExecutor placement(GroupObserver groups) {
    return new PlacementExecutor(
        replicas::leadsMeta,
        cluster,
        groups,
        runtime.transport(),
        wishes.preferLeader()
            ? Optional.of(new LeaderPreference(System::nanoTime))
            : Optional.empty(),
        new CacheSeats(replicas::tellMeta));
  }

  /** The process ends if the cluster has seen a later start of this incarnation. */
  private void recordStart(NodeIdentity self) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    ClusterCommands commands = new ClusterCommands(runtime.transport(), this::everybody);
    StartRecorder recorder = new StartRecorder(self, commands, Bytes.wrap(nonce));
    recorder
        .outcome()
        .thenAccept(
            refusal -> {
              refusal.ifPresent(endings::refused);
              startRecorded = true;
            });
    tasks.every(RECORDER_TICK_MILLIS, recorder::tick);
  }

  /**
   * Whether the cluster map counts this process start. Before that, a copy of the data directory
   * made now could later be put back unnoticed, so the node does not call itself ready.
   */
  boolean startRecorded() {
    return startRecorded;
  }

  /** Has the other nodes told at once how the replicas here stand. */
  void reportNow() {
    runtime.ticker().execute(() -> tasks.run(this::sendReport));
  }

  private void sendReport() {
    reports.ifPresent(ReportSender::tick);
  }

  private void follow(JoinOutcome.Joined member) {
    later(() -> cluster.map().ifPresent(map -> replicas.startWanted(map, member)));
  }

  private void later(Runnable task) {
    tasks.run(lifecycle, task);
  }

  private NodeReport report() {
    NodeIdentity self = data.current();
    return new NodeReport(
        self.clusterId().orElseThrow(),
        self.name(),
        self.incarnation(),
        cluster.epoch(),
        replicas.statuses(),
        figures.get());
  }

  private Map<String, NodeAddress> others() {
    Map<String, NodeAddress> others = everybody();
    others.remove(data.current().name());
    return others;
  }

  private Map<String, NodeAddress> everybody() {
    Map<String, NodeAddress> addresses = new LinkedHashMap<>();
    for (NodeRecord node : cluster.map().orElseThrow().nodes()) {
      addresses.put(node.name(), node.raft());
    }
    return addresses;
  }

  @Override
  public void close() {
    tasks.close();
    lifecycle.shutdown();
  }
}
