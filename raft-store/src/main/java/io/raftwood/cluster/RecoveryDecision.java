package io.raftwood.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@link ClusterCommand.RecoverCluster} does to the map. Apply thread only; deterministic. */
final class RecoveryDecision {
  private final ClusterState state;
  private final ClusterMap map;

  RecoveryDecision(ClusterState state, ClusterMap map) {
    this.state = state;
    this.map = map;
  }

  ClusterResult recover(ClusterCommand.RecoverCluster command) {
    Formation formation = command.formation();
    if (map.clusterId().equals(formation.clusterId())) {
      return new ClusterResult.Accepted(map.epoch(), false);
    }
    for (Formation.Member member : formation.members()) {
      if (map.node(member.name()).isEmpty()) {
        return new ClusterResult.UnknownNode(member.name());
      }
    }
    List<NodeRecord> nodes = new ArrayList<>();
    CacheRoster cache = map.cache();
    for (NodeRecord node : map.nodes()) {
      if (formation.member(node.name()).isPresent()) {
        // Nobody is emptied or sent away while there are too few.
        nodes.add(node.with(NodeStanding.ACTIVE));
      } else {
        state.bury(node, map.cache().member(node.name()));
        cache = cache.without(node.name());
      }
    }
    List<GroupRecord> groups = groups(nodes, command.leaders());
    ClusterMap recovered =
        new ClusterMap(
            formation.clusterId(), map.epoch() + 1, nodes, MetaVoters.kept(nodes, groups), cache);
    state.store(recovered);
    return new ClusterResult.Accepted(recovered.epoch(), true);
  }

  private List<GroupRecord> groups(List<NodeRecord> nodes, List<GroupPreference> leaders) {
    List<String> names = nodes.stream().map(NodeRecord::name).toList();
    Map<String, List<String>> firsts =
        leaders.stream().collect(Collectors.toMap(GroupPreference::group, GroupPreference::voters));
    return map.groups().stream()
        .map(group -> left(group, names, firsts.getOrDefault(group.name(), List.of())))
        .toList();
  }

  /** A group on the survivors that it was wanted on; a cache group that has none begins anew. */
  private static GroupRecord left(GroupRecord group, List<String> names, List<String> first) {
    List<String> voters = new ArrayList<>(first);
    group.voters().stream()
        .filter(name -> names.contains(name) && !voters.contains(name))
        .forEach(voters::add);
    if (voters.isEmpty()) {
      voters.addAll(names.subList(0, Math.min(InitialPlacement.DATA_VOTERS_MAX, names.size())));
    }
    List<String> learners =
        group.learners().stream()
            .filter(name -> names.contains(name) && !voters.contains(name))
            .toList();
    return new GroupRecord(group.name(), group.firstSlot(), group.endSlot(), voters, learners);
  }
}
