package io.raftwood.cluster;

import io.raftwood.raft.PeerId;
import java.util.List;
import java.util.Optional;

/**
 * The nodes and groups of a cluster, and the wanted placement: the state of the meta group.
 *
 * @param clusterId 32 hexadecimal digits, unique to this cluster
 * @param epoch +1 with every change of the map
 * @param nodes in the order of hustdb's peer numbers; never reordered
 * @param groups the meta group first, then the data groups in slot order, then the cache groups,
 *     which own no slots of records
 * @param cache memories and epochs of the cache
 */
public record ClusterMap(
    String clusterId,
    long epoch,
    List<NodeRecord> nodes,
    List<GroupRecord> groups,
    CacheRoster cache) {
  /** The meta group's name. */
  public static final String META_GROUP = "meta";

  /** Copies the lists. */
  public ClusterMap {
    nodes = List.copyOf(nodes);
    groups = List.copyOf(groups);
  }

  /** A map without cache. */
  public ClusterMap(
      String clusterId, long epoch, List<NodeRecord> nodes, List<GroupRecord> groups) {
    this(clusterId, epoch, nodes, groups, CacheRoster.NONE);
  }

  /**
   * The peer id of the replica of {@code group} on {@code node}: of the node's present incarnation,
   * or for a cache group of its present memory. Empty for an unknown node, for one that has never
   * registered itself, and for one without memory.
   */
  public Optional<PeerId> peerOf(String group, String node) {
    Optional<NodeRecord> known = node(node).filter(NodeRecord::registered);
    if (!CacheRoster.names(group)) {
      return known.map(NodeRecord::peer);
    }
    return known.flatMap(
        record ->
            cache
                .member(node)
                .map(
                    member ->
                        new PeerId(record.raft().host(), record.raft().port(), member.index())));
  }

  /** All groups but cache groups that have not begun their first epoch. */
  public List<GroupRecord> begunGroups() {
    return groups.stream()
        .filter(group -> cache.group(group.name()).filter(c -> c.epoch() == 0).isEmpty())
        .toList();
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
