package io.raftwood.server.http;

import io.raftwood.admin.Alarm;
import io.raftwood.admin.ChangeAnswer;
import io.raftwood.admin.ClusterAdmin;
import io.raftwood.admin.GroupCheck;
import io.raftwood.admin.HealthCheck;
import io.raftwood.admin.NodeChange;
import io.raftwood.admin.NodeControls;
import io.raftwood.admin.NodeFigures;
import io.raftwood.admin.NodeVitals;
import io.raftwood.admin.ReplicaReport;
import io.raftwood.admin.SnapshotReport;
import io.raftwood.admin.SyncStatus;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.cluster.PlacementPlanner;
import io.raftwood.cluster.Users;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.Room;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A cluster of two nodes on paper. */
final class FakeAdmin implements ClusterAdmin {
  private final FakeControls controls = new FakeControls();
  private volatile boolean ready = true;
  private volatile boolean joined = true;
  private volatile boolean checks = true;
  private final FakeMeta meta = new FakeMeta();
  private volatile List<String> lagging = List.of();
  private volatile List<Alarm> alarms = List.of();
  private volatile ChangeAnswer answer = ChangeAnswer.made(7, List.of());
  private final List<String> changes = new CopyOnWriteArrayList<>();

  void ready(boolean value) {
    ready = value;
  }

  void joined(boolean value) {
    joined = value;
  }

  void checks(boolean value) {
    checks = value;
  }

  /** From now on the copies of these nodes lag behind. */
  void lagging(String... nodes) {
    lagging = List.of(nodes);
  }

  /** From now on the nodes' HTTP ports are those behind {@code port}. */
  void hosts(int port) {
    meta.hosts(port);
  }

  void alarm(String name, String detail) {
    alarms = List.of(new Alarm(name, detail));
  }

  @Override
  public List<Alarm> alarms() {
    return alarms;
  }

  @Override
  public SyncStatus sync() {
    return new SyncStatus() {
      @Override
      public List<String> lagging(int slot) {
        return lagging;
      }

      @Override
      public List<Count> counts() {
        return clusterMap().map(ClusterMap::nodes).orElse(List.of()).stream()
            .map(node -> count(node.http().toString()))
            .toList();
      }

      private Count count(String http) {
        return lagging.contains(http) ? new Count(http, 12, 5) : new Count(http, 0, 0);
      }
    };
  }

  @Override
  public Optional<ClusterMap> clusterMap() {
    if (!joined) {
      return Optional.empty();
    }
    return Optional.of(meta.map());
  }

  /** The meta group behind. */
  FakeMeta meta() {
    return meta;
  }

  @Override
  public Users users() {
    return meta.users();
  }

  @Override
  public CompletableFuture<ClusterResult> propose(ClusterCommand command, Deadline deadline) {
    return meta.propose(command);
  }

  @Override
  public List<ReplicaReport> replicas() {
    ReplicaStatus status =
        new ReplicaStatus(
            "data-0",
            ReplicaStatus.Role.LEADER,
            Optional.of("n1"),
            4,
            12,
            11,
            10,
            9,
            0,
            List.of(new PeerId("127.0.0.1", 9081, 0)),
            List.of());
    return List.of(new ReplicaReport("n1", 0, status));
  }

  @Override
  public List<NodeVitals> vitals() {
    return List.of(new NodeVitals("n1", 0, new NodeFigures("1.2.3", 3_000, 4_000, Room.AMPLE)));
  }

  @Override
  public NodeControls controls() {
    return controls;
  }

  @Override
  public List<HealthCheck> readiness() {
    return List.of(
        new HealthCheck("joined", true, ""),
        new HealthCheck("raft-leader:data-0", ready, ready ? "n1 leads" : "no leader for 3 s"));
  }

  @Override
  public CompletableFuture<List<GroupCheck>> check(Deadline deadline) {
    if (!checks) {
      return CompletableFuture.failedFuture(new GroupUnavailableException("no quorum"));
    }
    // On a thread of nobody's: the port names no executor.
    return CompletableFuture.supplyAsync(
        () ->
            List.of(
                new GroupCheck(
                    "data-0",
                    7,
                    List.of(
                        new GroupCheck.ReplicaHash("n1", Optional.of("ab"), 5, ""),
                        new GroupCheck.ReplicaHash("n2", Optional.empty(), 0, "unreachable")))));
  }

  @Override
  public CompletableFuture<ChangeAnswer> change(
      NodeChange change, boolean force, Deadline deadline) {
    changes.add(change + (force ? " by force" : ""));
    return CompletableFuture.completedFuture(answer);
  }

  /** From now on changes are answered so. */
  void answerChanges(ChangeAnswer next) {
    answer = next;
  }

  /** The changes that were asked for. */
  List<String> changes() {
    return changes;
  }

  @Override
  public PlacementPlanner planner(ClusterMap map) {
    return new PlacementPlanner(
        map, map.nodes().stream().map(NodeRecord::name).collect(Collectors.toSet()));
  }

  @Override
  public boolean settled(String group) {
    return group.equals("data-0");
  }

  @Override
  public CompletableFuture<List<SnapshotReport>> snapshot(Optional<String> group) {
    return CompletableFuture.completedFuture(
        List.of(new SnapshotReport(group.orElse("data-0"), "n1", true, "")));
  }
}
