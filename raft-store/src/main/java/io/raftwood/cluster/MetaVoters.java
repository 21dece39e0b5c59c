package io.raftwood.cluster;

import java.util.ArrayList;
import java.util.List;

/**
 * Who votes in the meta group: up to five nodes, the others learn. Part of the log format: applied
 * whenever a node is added, registers itself, or goes.
 */
final class MetaVoters {
  /** The most voters of the meta group. */
  static final int MAX = 5;

  private MetaVoters() {}

  /**
   * The meta group of {@code nodes}. Present voters stay, in their order. The seats that are free
   * go to nodes that have registered themselves, in the map's order, those first that are not being
   * drained. All other nodes learn, except those that leave.
   */
  static GroupRecord among(List<NodeRecord> nodes, GroupRecord meta) {
    List<NodeRecord> staying =
        nodes.stream().filter(node -> node.standing() != NodeStanding.LEAVING).toList();
    List<String> names = staying.stream().map(NodeRecord::name).toList();
    List<String> voters = new ArrayList<>(meta.voters());
    voters.retainAll(names);
    for (NodeStanding standing : List.of(NodeStanding.ACTIVE, NodeStanding.DRAINING)) {
      staying.stream()
          .filter(node -> node.registered() && node.standing() == standing)
          .map(NodeRecord::name)
          .filter(name -> !voters.contains(name) && voters.size() < MAX)
          .forEach(voters::add);
    }
    List<String> learners = new ArrayList<>(names);
    learners.removeAll(voters);
    return new GroupRecord(meta.name(), meta.firstSlot(), meta.endSlot(), voters, learners);
  }

  /** {@code groups} with the meta group as it must be among {@code nodes}. */
  static List<GroupRecord> kept(List<NodeRecord> nodes, List<GroupRecord> groups) {
    return groups.stream()
        .map(group -> group.name().equals(ClusterMap.META_GROUP) ? among(nodes, group) : group)
        .toList();
  }
}
