package io.raftwood.server.config;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the cluster is made of at its birth.
 *
 * @param name for people
 * @param initialNodes equal on all nodes; empty = this node alone
 * @param dataGroups Raft groups that the slots are divided into
 */
public record ClusterConfig(Optional<String> name, List<InitialNode> initialNodes, int dataGroups) {
  /** Checks the ranges of {@link Settings} and that no name or address occurs twice. */
  public ClusterConfig {
    initialNodes = List.copyOf(initialNodes);
    ClusterSection.NAME.require(name);
    ClusterSection.INITIAL_NODES.require(initialNodes);
    ClusterSection.DATA_GROUPS.require(dataGroups);
    Set<String> seen = new HashSet<>();
    for (InitialNode node : initialNodes) {
      refuseTwice(seen, node.name());
      refuseTwice(seen, node.http().toString());
      refuseTwice(seen, node.raft().toString());
    }
  }

  private static void refuseTwice(Set<String> seen, String word) {
    if (!seen.add(word)) {
      throw new ConfigException(
          "cluster.initial-nodes: '" + word + "' occurs twice; names and addresses must differ");
    }
  }
}
