package io.raftwood.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The cluster map that follows from a formation. Part of the log format: {@link
 * ClusterCommand.FormCluster} is replayed through it, so another placement needs another command
 * tag.
 */
public final class InitialPlacement {
  /** Number of slots; that of {@link io.raftwood.raft.Slot}. */
  public static final int SLOTS = 1024;

  /** The epoch of a new map. */
  public static final long FIRST_EPOCH = 1;

  /** The voters that a data or cache group has when there are nodes enough. */
  static final int DATA_VOTERS_MAX = 3;

  private InitialPlacement() {}

  /**
   * The map of a new cluster: slots in contiguous ranges whose sizes differ by at most one; three
   * voters (or all nodes, if fewer) for each data group, the first choice moving on by one node
   * from group to group; the meta group votes on the first five nodes, the others learn; one cache
   * group on the first three nodes, which begins when these have registered their memory.
   */
  public static ClusterMap of(Formation formation) {
    List<NodeRecord> nodes =
        formation.members().stream()
            .map(m -> new NodeRecord(m.name(), m.http(), m.raft(), m.incarnation(), 0, 0))
            .toList();
    List<String> names = nodes.stream().map(NodeRecord::name).toList();
    List<GroupRecord> groups = new ArrayList<>();
    groups.add(metaGroup(names));
    for (int number = 0; number < formation.dataGroups(); number++) {
      groups.add(dataGroup(number, formation.dataGroups(), names));
    }
    groups.add(cacheGroup(names));
    CacheRoster cache =
        new CacheRoster(List.of(), List.of(CacheGroup.unborn(CacheRoster.baseName(0))));
    return new ClusterMap(formation.clusterId(), FIRST_EPOCH, nodes, groups, cache);
  }

  /** The name of the data group with {@code number}, from 0. */
  public static String dataGroupName(int number) {
    return "data-" + number;
  }

  private static GroupRecord metaGroup(List<String> names) {
    int voters = Math.min(MetaVoters.MAX, names.size());
    return new GroupRecord(
        ClusterMap.META_GROUP, 0, 0, names.subList(0, voters), names.subList(voters, names.size()));
  }

  private static GroupRecord cacheGroup(List<String> names) {
    List<String> voters = names.subList(0, Math.min(DATA_VOTERS_MAX, names.size()));
    return new GroupRecord(CacheRoster.baseName(0), 0, 0, voters, List.of());
  }

  private static GroupRecord dataGroup(int number, int groups, List<String> names) {
    List<String> voters =
        IntStream.range(0, Math.min(DATA_VOTERS_MAX, names.size()))
            .mapToObj(i -> names.get((number + i) % names.size()))
            .toList();
    return new GroupRecord(
        dataGroupName(number),
        SLOTS * number / groups,
        SLOTS * (number + 1) / groups,
        voters,
        List.of());
  }
}
