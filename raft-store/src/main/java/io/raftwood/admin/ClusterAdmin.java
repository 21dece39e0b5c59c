package io.raftwood.admin;

import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
import io.raftwood.cluster.PlacementPlanner;
import io.raftwood.cluster.Users;
import io.raftwood.raft.Deadline;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What an operator asks of a cluster, on any node. Thread-safe; no method blocks. */
public interface ClusterAdmin {
  /** The cluster map as this node knows it; empty before the node has joined a cluster. */
  Optional<ClusterMap> clusterMap();

  /** What this node knows of every replica of the cluster, itself included. */
  List<ReplicaReport> replicas();

  /** What this node knows of every node's process and disk, itself included. */
  List<NodeVitals> vitals();

  /** What can be asked of this process alone. */
  NodeControls controls();

  /** The checks behind readiness; the node is ready when all pass. Cheap: answers at once. */
  List<HealthCheck> readiness();

  /** What this node has found that an operator must see to. Cheap: answers at once. */
  List<Alarm> alarms();

  /** Which nodes' copies are not up to date. */
  SyncStatus sync();

  /**
   * Takes a state hash of every group at one log index on all its replicas and compares them.
   *
   * <p>Fails with a {@link io.raftwood.raft.ReplicationException}.
   */
  CompletableFuture<List<GroupCheck>> check(Deadline deadline);

  /** Who may use the HTTP port, as this node knows it. */
  Users users();

  /**
   * Changes the state of the meta group; when the future completes, this node knows of the change.
   * A refusal is a result. Carried out at most once.
   *
   * <p>Fails with a {@link io.raftwood.raft.ReplicationException}.
   */
  CompletableFuture<ClusterResult> propose(ClusterCommand command, Deadline deadline);

  /**
   * Changes nodes, placement or leadership. When the future completes, the wish is in the cluster
   * map or is refused; carrying it out takes longer: see {@link #settled}.
   *
   * <p>Fails with a {@link io.raftwood.raft.ReplicationException}.
   *
   * @param force whether to go on though a change of the same groups is under way, or a group
   *     shrinks
   */
  CompletableFuture<ChangeAnswer> change(NodeChange change, boolean force, Deadline deadline);

  /** Plans changes of the placement on {@code map}, with the nodes that report as the live ones. */
  PlacementPlanner planner(ClusterMap map);

  /** Whether {@code group} is known to be as the cluster map wants it. Cheap: answers at once. */
  boolean settled(String group);

  /** Has every replica take a snapshot now: of {@code group}, or of all groups if it is empty. */
  CompletableFuture<List<SnapshotReport>> snapshot(Optional<String> group);
}
