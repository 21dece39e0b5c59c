package io.raftwood.cluster;

import io.raftwood.cluster.ClusterResult.TableIdRefusal;
import java.util.List;
import java.util.Optional;

/** What commands do to the slot table and its ids. Apply thread only; deterministic. */
final class TableDecisions {
  private final ClusterState state;
  private final long clockMillis;

  TableDecisions(ClusterState state, long clockMillis) {
    this.state = state;
    this.clockMillis = clockMillis;
  }

  ClusterResult issue(ClusterCommand.IssueTableId command) {
    Optional<ClusterMap> map = state.map();
    if (map.isEmpty()) {
      return new ClusterResult.NotFormed();
    }
    TableIds good = state.tableIds().at(clockMillis);
    if (good.contains(command.id())) {
      return new ClusterResult.TableIdRefused(TableIdRefusal.IN_USE);
    }
    if (good.list().size() >= TableIds.COUNT_MAX) {
      return new ClusterResult.TableIdRefused(TableIdRefusal.NO_SLOT);
    }
    state.store(good.with(command.id(), clockMillis));
    return new ClusterResult.Accepted(map.get().epoch(), false);
  }

  ClusterResult redeem(ClusterCommand.RedeemTableId command) {
    Optional<ClusterMap> existing = state.map();
    if (existing.isEmpty()) {
      return new ClusterResult.NotFormed();
    }
    ClusterMap map = existing.get();
    TableIds good = state.tableIds().at(clockMillis);
    if (!good.contains(command.id())) {
      return new ClusterResult.TableIdRefused(TableIdRefusal.UNKNOWN);
    }
    if (command.expectedEpoch() != 0 && command.expectedEpoch() != map.epoch()) {
      return new ClusterResult.EpochMismatch(map.epoch());
    }
    state.store(good.without(command.id()));
    return prefer(map, command.preferences());
  }

  private ClusterResult prefer(ClusterMap map, List<GroupPreference> preferences) {
    PlacementRules rules = new PlacementRules(map);
    Optional<String> objection = rules.objection(preferences);
    if (objection.isPresent()) {
      return new ClusterResult.InvalidPlacement(objection.get());
    }
    List<GroupRecord> groups = rules.placed(preferences);
    if (groups.equals(map.groups())) {
      return new ClusterResult.Accepted(map.epoch(), false);
    }
    return new ClusterResult.Accepted(state.storeChanged(map, map.nodes(), groups).epoch(), true);
  }
}
