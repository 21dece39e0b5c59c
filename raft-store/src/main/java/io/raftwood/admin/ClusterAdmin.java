package io.raftwood.admin;

import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResult;
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
}
