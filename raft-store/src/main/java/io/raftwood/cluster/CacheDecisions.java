package io.raftwood.cluster;

import java.util.List;
import java.util.Optional;

/** What the commands about the cache do to the map. Apply thread only; deterministic. */
final class CacheDecisions {
  private final ClusterState state;
  private final ClusterMap map;

  CacheDecisions(ClusterState state, ClusterMap map) {
    this.state = state;
    this.map = map;
  }

  ClusterResult register(NodeRecord node, ClusterCommand.RegisterCache command) {
    if (!node.incarnation().equals(command.incarnation())) {
      return new ClusterResult.Superseded(node.incarnation());
    }
    Optional<CacheMember> present = map.cache().member(node.name());
    if (present.isPresent() && present.get().incarnation().equals(command.memory())) {
      return new ClusterResult.Registered(present.get().index(), map.epoch());
    }
    if (state.retired(command.memory())) {
      return new ClusterResult.Superseded(
          present.map(CacheMember::incarnation).orElse(node.incarnation()));
    }
    present.ifPresent(member -> state.retire(member.incarnation(), node.name()));
    int index =
        present
            .map(member -> member.index() + 1)
            .orElseGet(() -> state.nextIndex(node.name(), node.raft()));
    CacheMember next = new CacheMember(node.name(), command.memory(), index);
    ClusterMap changed = state.storeChanged(map, map.groups(), map.cache().with(next));
    return new ClusterResult.Registered(index, changed.epoch());
  }

  ClusterResult begin(ClusterCommand.BeginCacheEpoch command) {
    Optional<CacheGroup> group = map.cache().group(command.group());
    Optional<GroupRecord> placement = map.group(command.group());
    if (group.isEmpty() || placement.isEmpty()) {
      return unknown(command.group());
    }
    boolean lost =
        map.cache().lost(group.get()) || command.stuck() && map.cache().doubtful(group.get());
    if (!lost) {
      return new ClusterResult.InvalidPlacement("a quorum of " + command.group() + " remembers");
    }
    List<CacheSeat> founders = map.cache().founders(placement.get().voters());
    if (founders.isEmpty()) {
      return new ClusterResult.InvalidPlacement(
          "too few voters of " + command.group() + " have a memory");
    }
    CacheGroup begun = group.get().begun(founders);
    List<GroupRecord> groups =
        map.groups().stream()
            .map(record -> record.name().equals(command.group()) ? named(record, begun) : record)
            .toList();
    return changed(groups, begun);
  }

  ClusterResult seat(ClusterCommand.SeatCacheVoters command) {
    Optional<CacheGroup> group = map.cache().group(command.group());
    if (group.isEmpty()) {
      return unknown(command.group());
    }
    if (command.voters().isEmpty()) {
      return new ClusterResult.InvalidPlacement("a group needs a voter");
    }
    CacheGroup changed =
        command.settled()
            ? group.get().settled(command.voters())
            : group.get().asked(command.voters());
    return changed.equals(group.get())
        ? new ClusterResult.Accepted(map.epoch(), false)
        : changed(map.groups(), changed);
  }

  private ClusterResult changed(List<GroupRecord> groups, CacheGroup group) {
    ClusterMap changed = state.storeChanged(map, groups, map.cache().with(group));
    return new ClusterResult.Accepted(changed.epoch(), true);
  }

  private static GroupRecord named(GroupRecord record, CacheGroup group) {
    return new GroupRecord(
        group.name(), record.firstSlot(), record.endSlot(), record.voters(), record.learners());
  }

  private static ClusterResult unknown(String group) {
    return new ClusterResult.InvalidPlacement("there is no cache group " + group);
  }
}
