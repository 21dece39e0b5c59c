package io.raftwood.cluster;

import java.util.List;
import java.util.Optional;

/**
 * The nodes and groups of a cluster, and the wanted placement: the state of the meta group.
 *
 * @param clusterId 32 hexadecimal digits, unique to this cluster
 * @param epoch +1 with every change of the map
 * @param nodes in the order of hustdb's peer numbers; never reordered
 * @param groups the meta group first, then the data groups in slot order
 */
public record ClusterMap(
    String clusterId, long epoch, List<NodeRecord> nodes, List<GroupRecord> groups) {
  /** The meta group's name. */
  public static final String META_GROUP = "meta";

  /** Copies the lists. */
  public ClusterMap {
    nodes = List.copyOf(nodes);
    groups = List.copyOf(groups);
  }

  /** The node called {@code name}. */
  public Optional<NodeRecord> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  /** The group called {@code name}. */
  public Optional<GroupRecord> group(String name) {
    return groups.stream().filter(group -> group.name().equals(name)).findFirst();
  }
}
