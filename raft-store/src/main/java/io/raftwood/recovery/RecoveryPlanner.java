package io.raftwood.recovery;

import io.raftwood.cluster.CacheRoster;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaRemains;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Chooses for each group the survivor with the longest log: the highest term of the last entry, of
 * these the highest index. By Raft's rules that log holds everything that any survivor has applied.
 * Pure.
 */
public final class RecoveryPlanner {
  private static final Comparator<Candidate> LONGEST =
      Comparator.<Candidate>comparingLong(candidate -> candidate.remains().lastTerm())
          .thenComparingLong(candidate -> candidate.remains().lastIndex());

  private final List<RecoveryFacts> survivors;
  private final ClusterMap map;
  private final List<PeerId> peers;

  private RecoveryPlanner(List<RecoveryFacts> survivors, ClusterMap map) {
    this.survivors = survivors;
    this.map = map;
    this.peers = survivors.stream().map(RecoveryFacts::peer).toList();
  }

  /** A survivor and what it has of one group. */
  private record Candidate(RecoveryFacts survivor, ReplicaRemains remains) {}

  /**
   * The plan for {@code survivors}, distinct nodes that do not run.
   *
   * @param randomIds 32 random hexadecimal digits at each call
   * @throws RecoveryRefusedException when it is not needed or cannot be made
   */
  public static RecoveryPlan plan(List<RecoveryFacts> survivors, Supplier<String> randomIds) {
    ClusterMap map = newestMap(survivors);
    RecoveryPlanner planner = new RecoveryPlanner(survivors, map);
    planner.requireMembers();
    List<GroupRecord> groups =
        map.groups().stream().filter(group -> !CacheRoster.names(group.name())).toList();
    planner.requireAllGroups(groups);
    boolean needed = groups.stream().anyMatch(group -> !planner.electable(group.name()));
    if (!needed) {
      throw new RecoveryRefusedException(
          "a majority of every group is here: nothing is lost for good; start "
              + planner.names()
              + " as usual");
    }
    return new RecoveryPlan(
        survivors.get(0).formation().clusterId(),
        planner.formation(randomIds),
        planner.lost(),
        groups.stream().map(planner::choice).toList());
  }

  private static ClusterMap newestMap(List<RecoveryFacts> survivors) {
    return survivors.stream()
        .flatMap(survivor -> survivor.map().stream())
        .max(Comparator.comparingLong(ClusterMap::epoch))
        .orElseThrow(
            () ->
                new RecoveryRefusedException(
                    "no survivor has a replica of the meta group: restore a backup"));
  }

  private void requireMembers() {
    for (RecoveryFacts survivor : survivors) {
      Optional<NodeRecord> known = map.node(survivor.node());
      if (known.isEmpty() || !known.get().incarnation().equals(survivor.incarnation())) {
        throw new RecoveryRefusedException(
            "the cluster does not list the disk of node '"
                + survivor.node()
                + "' (incarnation "
                + survivor.incarnation()
                + "): it has been removed or replaced");
      }
    }
  }

  private void requireAllGroups(List<GroupRecord> groups) {
    String gone =
        groups.stream()
            .map(GroupRecord::name)
            .filter(group -> candidates(group).isEmpty())
            .collect(Collectors.joining(", "));
    if (!gone.isEmpty()) {
      throw new RecoveryRefusedException(
          "no survivor among "
              + names()
              + " has anything of "
              + gone
              + ": restore a backup, or bring a node back that has");
    }
  }

  private List<Candidate> candidates(String group) {
    List<Candidate> candidates = new ArrayList<>();
    for (RecoveryFacts survivor : survivors) {
      survivor
          .replica(group)
          .ifPresent(remains -> candidates.add(new Candidate(survivor, remains)));
    }
    return candidates;
  }

  private Candidate longest(String group) {
    // The first of equals: survivors come in a fixed order.
    Candidate best = candidates(group).get(0);
    for (Candidate candidate : candidates(group)) {
      best = LONGEST.compare(candidate, best) > 0 ? candidate : best;
    }
    return best;
  }

  private boolean electable(String group) {
    return longest(group).remains().electable(peers);
  }

  private RecoveryPlan.Choice choice(GroupRecord group) {
    Candidate best = longest(group.name());
    List<String> dropped =
        best.remains().voters().stream()
            .filter(voter -> !peers.contains(voter))
            .map(this::nodeName)
            .toList();
    List<String> others =
        candidates(group.name()).stream()
            .filter(candidate -> !candidate.survivor().equals(best.survivor()))
            .map(
                candidate ->
                    candidate.survivor().node()
                        + " at "
                        + candidate.remains().lastTerm()
                        + "/"
                        + candidate.remains().lastIndex())
            .toList();
    return new RecoveryPlan.Choice(
        group.name(),
        best.survivor().node(),
        best.remains().lastTerm(),
        best.remains().lastIndex(),
        dropped,
        others);
  }

  private String nodeName(PeerId peer) {
    return map.nodes().stream()
        .filter(node -> node.raft().host().equals(peer.host()) && node.raft().port() == peer.port())
        .map(NodeRecord::name)
        .findFirst()
        .orElseGet(peer::toString);
  }

  private List<String> lost() {
    Set<String> here = survivors.stream().map(RecoveryFacts::node).collect(Collectors.toSet());
    return map.nodes().stream().map(NodeRecord::name).filter(node -> !here.contains(node)).toList();
  }

  private String names() {
    return survivors.stream().map(RecoveryFacts::node).collect(Collectors.joining(", "));
  }

  /**
   * A new one, or that of a recovery of the same survivors that was interrupted before the meta
   * group, or some other group, was done.
   */
  private Formation formation(Supplier<String> randomIds) {
    Formation present = survivors.get(0).formation();
    Set<String> here = survivors.stream().map(RecoveryFacts::node).collect(Collectors.toSet());
    boolean agreed =
        survivors.stream().allMatch(survivor -> survivor.formation().equals(present))
            && here.equals(
                present.members().stream().map(Formation.Member::name).collect(Collectors.toSet()));
    boolean begun = !map.clusterId().equals(present.clusterId()) || lost().isEmpty();
    return agreed && begun ? present : newFormation(present.dataGroups(), here, randomIds);
  }

  private Formation newFormation(int dataGroups, Set<String> here, Supplier<String> randomIds) {
    return new Formation(
        dataGroups,
        map.nodes().stream()
            .filter(node -> here.contains(node.name()))
            .map(
                node ->
                    new Formation.Member(node.name(), node.http(), node.raft(), randomIds.get()))
            .toList());
  }
}
