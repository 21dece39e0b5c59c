package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.FormationPlan;
import java.util.Map;
import java.util.Optional;

/**
 * What a node answers to {@link HelloRequest}.
 *
 * @param identity who the answering node is
 * @param serving whether its own handshake is over
 * @param plan what its configuration says
 * @param map the cluster map as it knows it
 * @param reportedCommits for every group the highest log index that the asking incarnation ever
 *     reported to the answering process as committed and on its own disk
 */
public record HelloAnswer(
    NodeIdentity identity,
    boolean serving,
    FormationPlan plan,
    Optional<ClusterMap> map,
    Map<String, Long> reportedCommits) {
  /** Copies the map of indexes. */
  public HelloAnswer {
    reportedCommits = Map.copyOf(reportedCommits);
  }
}
