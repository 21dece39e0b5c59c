package io.raftwood.membership;

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
 */
public record NodeReport(
    String clusterId,
    String node,
    String incarnation,
    long epoch,
    List<ReplicaStatus> replicas) {
  /** Copies the list. */
  public NodeReport {
    replicas = List.copyOf(replicas);
  }

  /** The status of its replica of {@code group}, if it hosts one. */
  public Optional<ReplicaStatus> replica(String group) {
    return replicas.stream().filter(replica -> replica.group().equals(group)).findFirst();
  }
}
