package io.raftwood.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the commands about nodes and placement do to the map. Apply thread only; deterministic. */
final class NodeDecisions {
  private final ClusterState state;
  private final ClusterMap map;

  NodeDecisions(ClusterState state, ClusterMap map) {
    this.state = state;
    this.map = map;
  }

  ClusterResult add(ClusterCommand.AddNode command) {
    Optional<NodeRecord> present = map.node(command.name());
    if (present.isPresent()) {
      return again(present.get(), command);
    }
    for (NodeRecord node : map.nodes()) {
      if (node.http().equals(command.http()) || node.raft().equals(command.raft())) {
        return refused("node " + node.name() + " has one of these addresses");
      }
    }
    if (map.nodes().size() >= FormationPlan.NODES_MAX) {
      return refused("there are " + FormationPlan.NODES_MAX + " nodes, as many as may be");
    }
    List<NodeRecord> nodes = new ArrayList<>(map.nodes());
    nodes.add(
        new NodeRecord(
            command.name(),
            command.http(),
            command.raft(),
            NodeRecord.NONE,
            state.nextIndex(command.name(), command.raft()),
            0));
    return changed(nodes, map.groups());
  }

  private ClusterResult again(NodeRecord node, ClusterCommand.AddNode command) {
    if (node.standing() == NodeStanding.LEAVING) {
      return refused("node " + node.name() + " is being removed: wait until it is gone");
    }
    return node.http().equals(command.http()) && node.raft().equals(command.raft())
        ? new ClusterResult.Accepted(map.epoch(), false)
        : refused(
            "there is a node "
                + node.name()
                + " with http "
                + node.http()
                + " and raft "
                + node.raft());
  }

  /** A new disk: the first one of a node that was added, or a replacement. */
  ClusterResult register(NodeRecord node, ClusterCommand.RegisterIncarnation command) {
    if (node.incarnation().equals(command.incarnation())) {
      return new ClusterResult.Registered(node.index(), map.epoch());
    }
    if (state.retired(command.incarnation()) || command.incarnation().equals(NodeRecord.NONE)) {
      return new ClusterResult.Superseded(node.incarnation());
    }
    int index = node.index();
    if (node.registered()) {
      state.retire(node.incarnation(), node.name());
      index++;
    }
    List<NodeRecord> nodes =
        replaced(node.withLife(command.incarnation(), index, command.starts()));
    ClusterMap changed = state.storeChanged(map, nodes, MetaVoters.kept(nodes, map.groups()));
    return new ClusterResult.Registered(index, changed.epoch());
  }

  ClusterResult remove(NodeRecord node) {
    if (node.standing() == NodeStanding.LEAVING) {
      return new ClusterResult.Accepted(map.epoch(), false);
    }
    List<String> hosted =
        map.groups().stream()
            .filter(group -> !group.name().equals(ClusterMap.META_GROUP))
            .filter(group -> group.hostedBy(node.name()))
            .map(GroupRecord::name)
            .toList();
    if (!hosted.isEmpty()) {
      return refused("node " + node.name() + " should host " + String.join(", ", hosted));
    }
    boolean last =
        map.nodes().stream()
            .filter(other -> !other.name().equals(node.name()))
            .noneMatch(other -> other.registered() && other.standing() != NodeStanding.LEAVING);
    return last
        ? refused("no other node would be there")
        : changed(replaced(node.with(NodeStanding.LEAVING)), map.groups());
  }

  ClusterResult forget(NodeRecord node) {
    if (node.standing() != NodeStanding.LEAVING) {
      return refused("node " + node.name() + " is not leaving");
    }
    state.bury(node, map.cache().member(node.name()));
    List<NodeRecord> nodes =
        map.nodes().stream().filter(other -> !other.name().equals(node.name())).toList();
    ClusterMap without =
        new ClusterMap(
            map.clusterId(),
            map.epoch(),
            map.nodes(),
            map.groups(),
            map.cache().without(node.name()));
    ClusterMap changed = state.storeChanged(without, nodes, MetaVoters.kept(nodes, map.groups()));
    return new ClusterResult.Accepted(changed.epoch(), true);
  }

  ClusterResult place(ClusterCommand.ChangePlacement command) {
    if (command.expectedEpoch() != 0 && command.expectedEpoch() != map.epoch()) {
      return new ClusterResult.EpochMismatch(map.epoch());
    }
    List<NodeRecord> nodes = map.nodes();
    for (NodeMark mark : command.marks()) {
      Optional<NodeRecord> node = map.node(mark.node());
      if (node.isEmpty()) {
        return new ClusterResult.UnknownNode(mark.node());
      }
      if (node.get().standing() == NodeStanding.LEAVING) {
        return refused("node " + mark.node() + " is leaving");
      }
      NodeRecord marked = node.get().with(mark.standing());
      nodes = nodes.stream().map(one -> one.name().equals(marked.name()) ? marked : one).toList();
    }
    ClusterMap marked =
        new ClusterMap(map.clusterId(), map.epoch(), nodes, map.groups(), map.cache());
    PlacementRules rules = new PlacementRules(marked);
    Optional<String> objection = rules.objection(command.groups());
    return objection.isPresent()
        ? refused(objection.get())
        : changed(nodes, rules.placed(command.groups()));
  }

  private ClusterResult changed(List<NodeRecord> nodes, List<GroupRecord> groups) {
    List<GroupRecord> kept = MetaVoters.kept(nodes, groups);
    if (nodes.equals(map.nodes()) && kept.equals(map.groups())) {
      return new ClusterResult.Accepted(map.epoch(), false);
    }
    return new ClusterResult.Accepted(state.storeChanged(map, nodes, kept).epoch(), true);
  }

  private List<NodeRecord> replaced(NodeRecord changed) {
    return map.nodes().stream()
        .map(node -> node.name().equals(changed.name()) ? changed : node)
        .toList();
  }

  private static ClusterResult refused(String reason) {
    return new ClusterResult.InvalidPlacement(reason);
  }
}
