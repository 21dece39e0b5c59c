package io.raftwood.cluster;

import io.raftwood.raft.ApplyContext;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What each command does to the map. Apply thread only; deterministic. */
final class ClusterDecisions implements ClusterCommand.Handler<ClusterResult> {
  private final ClusterState state;
  private final UserDecisions users;
  private final TableDecisions table;

  ClusterDecisions(ClusterState state, ApplyContext context) {
    this.state = state;
    this.users = new UserDecisions(state, context.revision());
    this.table = new TableDecisions(state, context.clockMillis());
  }

  @Override
  public ClusterResult formCluster(ClusterCommand.FormCluster command) {
    Optional<ClusterMap> existing = state.map();
    if (existing.isPresent()) {
      ClusterMap map = existing.get();
      return map.clusterId().equals(command.formation().clusterId())
          ? new ClusterResult.Accepted(map.epoch(), false)
          : new ClusterResult.OtherCluster(map.clusterId());
    }
    ClusterMap map = InitialPlacement.of(command.formation());
    state.store(map);
    return new ClusterResult.Accepted(map.epoch(), true);
  }

  @Override
  public ClusterResult registerIncarnation(ClusterCommand.RegisterIncarnation command) {
    return onNode(
        command.name(),
        (map, node) -> {
          if (node.incarnation().equals(command.incarnation())) {
            return new ClusterResult.Registered(node.index(), map.epoch());
          }
          if (state.retired(command.incarnation())) {
            return new ClusterResult.Superseded(node.incarnation());
          }
          state.retire(node.incarnation(), node.name());
          int index = node.index() + 1;
          ClusterMap changed =
              replace(map, withLife(node, command.incarnation(), index, command.starts()));
          return new ClusterResult.Registered(index, changed.epoch());
        });
  }

  @Override
  public ClusterResult recordStart(ClusterCommand.RecordStart command) {
    return onNode(
        command.name(),
        (map, node) -> {
          if (!node.incarnation().equals(command.incarnation())) {
            return new ClusterResult.Superseded(node.incarnation());
          }
          if (command.starts() <= node.starts()) {
            return new ClusterResult.RolledBack(node.starts());
          }
          ClusterMap changed =
              replace(map, withLife(node, node.incarnation(), node.index(), command.starts()));
          return new ClusterResult.Accepted(changed.epoch(), true);
        });
  }

  @Override
  public ClusterResult setPlacement(ClusterCommand.SetPlacement command) {
    Optional<ClusterMap> existing = state.map();
    if (existing.isEmpty()) {
      return new ClusterResult.NotFormed();
    }
    ClusterMap map = existing.get();
    if (command.expectedEpoch() != 0 && command.expectedEpoch() != map.epoch()) {
      return new ClusterResult.EpochMismatch(map.epoch());
    }
    Optional<String> objection = objection(map, command);
    if (objection.isPresent()) {
      return new ClusterResult.InvalidPlacement(objection.get());
    }
    return place(map, command);
  }

  private ClusterResult place(ClusterMap map, ClusterCommand.SetPlacement command) {
    List<GroupRecord> groups =
        map.groups().stream()
            .map(group -> group.name().equals(command.group()) ? placed(group, command) : group)
            .toList();
    if (groups.equals(map.groups())) {
      return new ClusterResult.Accepted(map.epoch(), false);
    }
    ClusterMap changed = state.storeChanged(map, map.nodes(), groups);
    return new ClusterResult.Accepted(changed.epoch(), true);
  }

  private static GroupRecord placed(GroupRecord group, ClusterCommand.SetPlacement command) {
    return new GroupRecord(
        group.name(), group.firstSlot(), group.endSlot(), command.voters(), command.learners());
  }

  private static Optional<String> objection(ClusterMap map, ClusterCommand.SetPlacement command) {
    if (map.group(command.group()).isEmpty()) {
      return Optional.of("there is no group " + command.group());
    }
    if (command.voters().isEmpty()) {
      return Optional.of("a group needs a voter");
    }
    Set<String> seen = new HashSet<>();
    for (List<String> names : List.of(command.voters(), command.learners())) {
      for (String name : names) {
        if (map.node(name).isEmpty()) {
          return Optional.of("there is no node " + name);
        }
        if (!seen.add(name)) {
          return Optional.of("node " + name + " occurs twice");
        }
      }
    }
    boolean everyNode = seen.size() == map.nodes().size();
    return command.group().equals(ClusterMap.META_GROUP) && !everyNode
        ? Optional.of("every node hosts a replica of the meta group")
        : Optional.empty();
  }

  @Override
  public ClusterResult putUser(ClusterCommand.PutUser command) {
    return users.put(command);
  }

  @Override
  public ClusterResult removeUser(ClusterCommand.RemoveUser command) {
    return users.remove(command);
  }

  @Override
  public ClusterResult issueTableId(ClusterCommand.IssueTableId command) {
    return table.issue(command);
  }

  @Override
  public ClusterResult redeemTableId(ClusterCommand.RedeemTableId command) {
    return table.redeem(command);
  }

  @Override
  public ClusterResult registerCache(ClusterCommand.RegisterCache command) {
    return onNode(
        command.name(), (map, node) -> new CacheDecisions(state, map).register(node, command));
  }

  @Override
  public ClusterResult beginCacheEpoch(ClusterCommand.BeginCacheEpoch command) {
    return onMap(map -> new CacheDecisions(state, map).begin(command));
  }

  @Override
  public ClusterResult seatCacheVoters(ClusterCommand.SeatCacheVoters command) {
    return onMap(map -> new CacheDecisions(state, map).seat(command));
  }

  private ClusterResult onMap(Function<ClusterMap, ClusterResult> decision) {
    return state.map().map(decision).orElseGet(ClusterResult.NotFormed::new);
  }

  private ClusterResult onNode(
      String name, BiFunction<ClusterMap, NodeRecord, ClusterResult> decision) {
    Optional<ClusterMap> map = state.map();
    if (map.isEmpty()) {
      return new ClusterResult.NotFormed();
    }
    Optional<NodeRecord> node = map.get().node(name);
    return node.isEmpty()
        ? new ClusterResult.UnknownNode(name)
        : decision.apply(map.get(), node.get());
  }

  private ClusterMap replace(ClusterMap map, NodeRecord changed) {
    List<NodeRecord> nodes =
        map.nodes().stream()
            .map(node -> node.name().equals(changed.name()) ? changed : node)
            .toList();
    return state.storeChanged(map, nodes, map.groups());
  }

  private static NodeRecord withLife(NodeRecord node, String incarnation, int index, long starts) {
    return new NodeRecord(node.name(), node.http(), node.raft(), incarnation, index, starts);
  }
}
