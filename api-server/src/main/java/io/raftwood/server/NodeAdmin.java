package io.raftwood.server;

import io.raftwood.admin.Alarm;
import io.raftwood.admin.ChangeAnswer;
import io.raftwood.admin.ClusterAdmin;
import io.raftwood.admin.GroupCheck;
import io.raftwood.admin.HealthCheck;
import io.raftwood.admin.NodeChange;
import io.raftwood.admin.NodeControls;
import io.raftwood.admin.NodeVitals;
import io.raftwood.admin.ReplicaReport;
import io.raftwood.admin.SnapshotReport;
import io.raftwood.admin.SyncStatus;
import io.raftwood.cluster.CacheRoster;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.PlacementPlanner;
import io.raftwood.cluster.Users;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.GroupObserver;
import io.raftwood.membership.HashCheck;
import io.raftwood.membership.MetaGroupAccess;
import io.raftwood.membership.NodeChanges;
import io.raftwood.membership.NodeReport;
import io.raftwood.membership.SnapshotRequests;
import io.raftwood.membership.StatusBoard;
import io.raftwood.membership.VoterLag;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import io.raftwood.raft.TestFault;
import io.raftwood.raft.jraft.JRaftGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** What this node answers to operators, from its own replicas and what the others report. */
final class NodeAdmin implements ClusterAdmin {
  private static final Duration FRESH = Duration.ofSeconds(3);
  private static final long LAG_ENTRIES_MAX = 1_000;

  private final String self;
  private final ClusterDirectory cluster;
  private final StatusBoard board;
  private final ReplicaHost replicas;
  private final HashCheck hashes;
  private final BooleanSupplier startRecorded;
  private final MetaGroupAccess meta;
  private final VoterLag lag;
  private final DivergenceAlarms alarms;
  private final DiskAlarms disks;
  private final boolean takesPartInCache;
  private final BooleanSupplier cacheAwaited;
  private final GroupObserver groups;
  private final Operations operations;

  NodeAdmin(
      String self,
      ClusterDirectory cluster,
      StatusBoard board,
      ReplicaHost replicas,
      Watches watches,
      Operations operations) {
    this.startRecorded = watches.startRecorded();
    this.hashes = watches.hashes();
    this.lag = watches.lag();
    this.alarms = watches.alarms();
    this.disks = watches.disks();
    this.meta = watches.meta();
    this.takesPartInCache = watches.takesPartInCache();
    this.cacheAwaited = watches.cacheAwaited();
    this.self = self;
    this.cluster = cluster;
    this.board = board;
    this.replicas = replicas;
    this.groups = new GroupObserver(cluster, board);
    this.operations = operations;
  }

  /**
   * What operators have done.
   *
   * @param changes of nodes, placement and leadership
   * @param snapshots of replicas anywhere
   * @param controls of this process
   */
  record Operations(NodeChanges changes, SnapshotRequests snapshots, NodeControls controls) {}

  /**
   * What watches over the node.
   *
   * @param hashes compares replicas
   * @param startRecorded whether the cluster map counts this process start
   * @param lag which nodes' copies are not up to date
   * @param alarms copies that contradict each other
   * @param disks with little room
   * @param meta the way to the meta group
   * @param takesPartInCache whether this node has memory for the cache
   * @param cacheAwaited whether a cache that has not begun is about to
   */
  record Watches(
      HashCheck hashes,
      BooleanSupplier startRecorded,
      VoterLag lag,
      DivergenceAlarms alarms,
      DiskAlarms disks,
      MetaGroupAccess meta,
      boolean takesPartInCache,
      BooleanSupplier cacheAwaited) {}

  @Override
  public List<Alarm> alarms() {
    List<Alarm> all = new ArrayList<>(alarms.alarms());
    all.addAll(disks.alarms());
    if (!TestFault.activeNames().isEmpty()) {
      all.add(new Alarm("test-faults", "defective on purpose: " + TestFault.activeNames()));
    }
    return all;
  }

  @Override
  public SyncStatus sync() {
    return lag;
  }

  @Override
  public Optional<ClusterMap> clusterMap() {
    return cluster.map();
  }

  @Override
  public List<ReplicaReport> replicas() {
    List<ReplicaReport> reports = new ArrayList<>();
    replicas.statuses().forEach(status -> reports.add(new ReplicaReport(self, 0, status)));
    board.replicas().stream()
        .filter(report -> !report.node().equals(self) && listed(report.node()))
        .forEach(reports::add);
    return reports;
  }

  @Override
  public List<NodeVitals> vitals() {
    return board.vitals().stream().filter(vitals -> listed(vitals.node())).toList();
  }

  @Override
  public NodeControls controls() {
    return operations.controls();
  }

  /** Those of a node that was removed are still on the board. */
  private boolean listed(String node) {
    return cluster.map().map(map -> map.node(node).isPresent()).orElse(true);
  }

  @Override
  public List<HealthCheck> readiness() {
    Optional<ClusterMap> map = cluster.map();
    List<HealthCheck> checks = new ArrayList<>();
    checks.add(
        new HealthCheck(
            "cluster",
            map.isPresent(),
            map.map(known -> "member of " + known.clusterId())
                .orElse("waits for the other initial nodes, or is not a member")));
    boolean recorded = startRecorded.getAsBoolean();
    checks.add(
        new HealthCheck(
            "start-recorded",
            recorded,
            recorded ? "" : "waits for the meta group to count this process start"));
    for (GroupRecord group : map.map(ClusterMap::begunGroups).orElse(List.of())) {
      checks.add(leaderKnown(group));
      if (expectedHere(map.get(), group)) {
        checks.add(replicaCurrent(group));
      }
    }
    boolean begun =
        map.filter(known -> known.begunGroups().size() == known.groups().size()).isPresent();
    if (!begun && cacheAwaited.getAsBoolean()) {
      checks.add(new HealthCheck("cache", false, "begins once a majority of the nodes is there"));
    }
    return checks;
  }

  private boolean expectedHere(ClusterMap map, GroupRecord group) {
    return group.hostedBy(self)
        && map.peerOf(group.name(), self).isPresent()
        && (takesPartInCache || !CacheRoster.names(group.name()));
  }

  private HealthCheck leaderKnown(GroupRecord group) {
    Optional<String> leader =
        replicas
            .replica(group.name())
            .flatMap(replica -> leader(replica.status()))
            .or(() -> board.leader(group.name(), FRESH).map(NodeReport::node));
    return new HealthCheck(
        "raft-leader:" + group.name(),
        leader.isPresent(),
        leader.map(name -> name + " leads").orElse("no leader is known"));
  }

  /** JRaft names a leader before it can serve; of itself this node knows better. */
  private Optional<String> leader(ReplicaStatus status) {
    return status.leader().filter(name -> !name.equals(self) || status.role() == Role.LEADER);
  }

  private HealthCheck replicaCurrent(GroupRecord group) {
    String name = "replica:" + group.name();
    Optional<JRaftGroup> replica = replicas.replica(group.name());
    if (replica.isEmpty()) {
      return new HealthCheck(name, false, "is not started yet");
    }
    ReplicaStatus status = replica.get().status();
    long commit =
        board
            .leader(group.name(), FRESH)
            .flatMap(report -> report.replica(group.name()))
            .map(ReplicaStatus::commitIndex)
            .orElse(status.commitIndex());
    long lag = Math.max(0, commit - status.appliedIndex());
    boolean member =
        cluster.map().flatMap(map -> map.peerOf(group.name(), self)).stream()
                .anyMatch(status.voters()::contains)
            || status.role() == Role.LEARNER;
    return new HealthCheck(
        name,
        status.role() != Role.STOPPED && member && lag <= LAG_ENTRIES_MAX,
        status.role() + ", applied " + status.appliedIndex() + ", lag " + lag);
  }

  @Override
  public CompletableFuture<List<GroupCheck>> check(Deadline deadline) {
    return hashes
        .check(deadline)
        .thenApply(
            checks -> {
              checks.stream()
                  .filter(GroupCheck::equal)
                  .forEach(check -> alarms.equal(check.group()));
              return checks;
            });
  }

  @Override
  public Users users() {
    return meta.users();
  }

  @Override
  public CompletableFuture<ClusterResult> propose(ClusterCommand command, Deadline deadline) {
    return meta.propose(command, deadline);
  }

  @Override
  public CompletableFuture<ChangeAnswer> change(
      NodeChange change, boolean force, Deadline deadline) {
    return operations.changes().make(change, force, deadline);
  }

  @Override
  public PlacementPlanner planner(ClusterMap map) {
    return groups.planner(map);
  }

  @Override
  public boolean settled(String group) {
    return cluster.map().filter(map -> groups.settled(map, group)).isPresent();
  }

  @Override
  public CompletableFuture<List<SnapshotReport>> snapshot(Optional<String> group) {
    return operations.snapshots().take(group);
  }
}
