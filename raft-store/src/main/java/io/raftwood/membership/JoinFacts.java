package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.FormationPlan;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * All that a node knows when it decides on its next handshake step.
 *
 * @param self its identity
 * @param plan what its configuration says; names the node itself too
 * @param asked the names of the nodes that it asks, itself not among them
 * @param answers the latest answer of each node that can be reached, by the name it was asked by
 * @param lastLogIndexes what its disk holds
 * @param patienceOver whether it has waited long enough for nodes that do not answer
 */
record JoinFacts(
    NodeIdentity self,
    FormationPlan plan,
    Set<String> asked,
    Map<String, HelloAnswer> answers,
    Map<String, Long> lastLogIndexes,
    boolean patienceOver) {
  JoinFacts {
    answers = new TreeMap<>(answers);
  }

  /** The answers of members of some cluster. */
  List<HelloAnswer> members() {
    return answers.values().stream().filter(answer -> answer.identity().formed()).toList();
  }

  boolean everyoneAnswered() {
    return answers.keySet().containsAll(asked);
  }

  Set<String> silent() {
    Set<String> silent = new TreeSet<>(asked);
    silent.removeAll(answers.keySet());
    return silent;
  }

  /** The newest cluster map told by members of {@code clusterId}. */
  Optional<ClusterMap> newestMap(String clusterId) {
    return members().stream()
        .flatMap(answer -> answer.map().stream())
        .filter(map -> map.clusterId().equals(clusterId))
        .max(Comparator.comparingLong(ClusterMap::epoch));
  }

  /** Per group the most that any node remembers of our reports. */
  Map<String, Long> reportedCommits() {
    return answers.values().stream()
        .flatMap(answer -> answer.reportedCommits().entrySet().stream())
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Math::max, TreeMap::new));
  }
}
