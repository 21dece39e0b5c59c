package io.raftwood.cluster;

import io.raftwood.raft.ApplyContext;
import java.util.List;
import java.util.Optional;
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
        command.name(), (map, node) -> new NodeDecisions(state, map).register(node, command));
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
              replace(map, node.withLife(node.incarnation(), node.index(), command.starts()));
          return new ClusterResult.Accepted(changed.epoch(), true);
        });
  }

  @Override
  public ClusterResult changePlacement(ClusterCommand.ChangePlacement command) {
    return onMap(map -> new NodeDecisions(state, map).place(command));
  }

  @Override
  public ClusterResult addNode(ClusterCommand.AddNode command) {
    return onMap(map -> new NodeDecisions(state, map).add(command));
  }

  @Override
  public ClusterResult removeNode(ClusterCommand.RemoveNode command) {
    return onNode(command.name(), (map, node) -> new NodeDecisions(state, map).remove(node));
  }

  @Override
  public ClusterResult forgetNode(ClusterCommand.ForgetNode command) {
    return onNode(command.name(), (map, node) -> new NodeDecisions(state, map).forget(node));
  }

  @Override
  public ClusterResult recoverCluster(ClusterCommand.RecoverCluster command) {
    return onMap(map -> new RecoveryDecision(state, map).recover(command));
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
}
