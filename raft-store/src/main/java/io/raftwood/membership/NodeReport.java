package io.raftwood.membership;

import io.raftwood.admin.NodeFigures;
import io.raftwood.raft.ReplicaStatus;
import java.util.List;
import java.util.Optional;

/**
 * What a node says periodically of its replicas.
 *
 * @param clusterId the cluster it belongs to
 * @param node its name
 * @param incarnation its incarnation
 * @param epoch the epoch of the cluster map that it knows
 * @param replicas all its replicas
 * @param figures of its process and its disk
 */
public record NodeReport(
    String clusterId,
    String node,
    String incarnation,
    long epoch,
    List<ReplicaStatus> replicas,
    NodeFigures figures) {
  /** Copies the list. */
  public NodeReport {
    replicas = List.copyOf(replicas);
  }

  /** A report that says nothing of process and disk. */
  public NodeReport(
      String clusterId, String node, String incarnation, long epoch, List<ReplicaStatus> replicas) {
    this(clusterId, node, incarnation, epoch, replicas, NodeFigures.UNKNOWN);
  }

  /** The status of its replica of {@code group}, if it hosts one. */
  public Optional<ReplicaStatus> replica(String group) {
    return replicas.stream().filter(replica -> replica.group().equals(group)).findFirst();
  }
}
