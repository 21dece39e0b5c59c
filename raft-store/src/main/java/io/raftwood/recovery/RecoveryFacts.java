package io.raftwood.recovery;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.Formation;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaRemains;
import java.util.List;
import java.util.Optional;

/**
 * What a survivor's disk holds.
 *
 * @param node its name
 * @param incarnation its incarnation
 * @param peer the peer id of its replicas
 * @param formation of the cluster that it belongs to
 * @param map the cluster map that follows from all of its log of the meta group
 * @param replicas what is left of each
 */
public record RecoveryFacts(
    String node,
    String incarnation,
    PeerId peer,
    Formation formation,
    Optional<ClusterMap> map,
    List<ReplicaRemains> replicas) {
  /** Copies the list. */
  public RecoveryFacts {
    replicas = List.copyOf(replicas);
  }

  /** What is left of the replica of {@code group}. */
  public Optional<ReplicaRemains> replica(String group) {
    return replicas.stream().filter(replica -> replica.group().equals(group)).findFirst();
  }
}
