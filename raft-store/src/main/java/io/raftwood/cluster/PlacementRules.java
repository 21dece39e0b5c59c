package io.raftwood.cluster;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which wishes for the placement of groups a map admits, and what they make of it. Pure. */
final class PlacementRules {
  private final ClusterMap map;

  PlacementRules(ClusterMap map) {
    this.map = map;
  }

  /** Why {@code wishes} cannot be; empty when they can. */
  Optional<String> objection(List<GroupPreference> wishes) {
    Set<String> groups = new HashSet<>();
    for (GroupPreference wish : wishes) {
      if (!groups.add(wish.group())) {
        return Optional.of(wish.group() + " occurs twice");
      }
      Optional<String> objection = objection(wish);
      if (objection.isPresent()) {
        return objection;
      }
    }
    return Optional.empty();
  }

  private Optional<String> objection(GroupPreference wish) {
    Optional<GroupRecord> group = map.group(wish.group());
    if (group.isEmpty()) {
      return Optional.of("there is no group " + wish.group());
    }
    if (wish.voters().isEmpty()) {
      return Optional.of("a group needs a voter");
    }
    Set<String> wanted = new HashSet<>(wish.voters());
    if (wanted.size() != wish.voters().size()) {
      return Optional.of("a node occurs twice in " + wish.voters());
    }
    List<String> present = group.get().voters();
    if (wish.group().equals(ClusterMap.META_GROUP) && !wanted.equals(new HashSet<>(present))) {
      return Optional.of("the meta group's voters follow from the nodes of the cluster");
    }
    return wish.voters().stream()
        .filter(name -> !present.contains(name))
        .flatMap(name -> newcomer(wish.group(), name).stream())
        .findFirst();
  }

  /** Why {@code name} cannot be given a replica of {@code group}. */
  private Optional<String> newcomer(String group, String name) {
    Optional<NodeRecord> node = map.node(name);
    if (node.isEmpty()) {
      return Optional.of("there is no node " + name);
    }
    if (!node.get().registered()) {
      return Optional.of("node " + name + " was added but has never been started");
    }
    if (node.get().standing() != NodeStanding.ACTIVE) {
      return Optional.of("node " + name + " is " + node.get().standing().word());
    }
    boolean begun = map.cache().group(group).filter(cache -> cache.epoch() > 0).isPresent();
    return begun && map.cache().member(name).isEmpty()
        ? Optional.of("node " + name + " has no memory for the cache")
        : Optional.empty();
  }

  /** The groups as {@code wishes}, to which there is no objection, make them. */
  List<GroupRecord> placed(List<GroupPreference> wishes) {
    return map.groups().stream()
        .map(
            group ->
                wishes.stream()
                    .filter(wish -> wish.group().equals(group.name()))
                    .findFirst()
                    .map(wish -> placed(group, wish.voters()))
                    .orElse(group))
        .toList();
  }

  private static GroupRecord placed(GroupRecord group, List<String> voters) {
    return new GroupRecord(
        group.name(),
        group.firstSlot(),
        group.endSlot(),
        voters,
        group.learners().stream().filter(name -> !voters.contains(name)).toList());
  }
}
