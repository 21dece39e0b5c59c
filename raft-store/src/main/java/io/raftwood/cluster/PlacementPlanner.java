package io.raftwood.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Thinks out changes of the placement. Pure: it sees a map and who is live, and never takes a voter
 * away from a group for which too few live ones would remain. The meta group is not its business.
 *
 * <p>Every method ends with a {@link PlanRefusedException} when there is no good plan.
 */
public final class PlacementPlanner {
  private static final Optional<NodeStanding> ACTIVE = Optional.of(NodeStanding.ACTIVE);

  private final ClusterMap map;
  private final Set<String> live;
  private final Map<String, List<String>> wanted = new LinkedHashMap<>();

  /**
   * Plans for {@code map}.
   *
   * @param live the nodes that can be reached
   */
  public PlacementPlanner(ClusterMap map, Set<String> live) {
    this.map = map;
    this.live = Set.copyOf(live);
    for (GroupRecord group : map.groups()) {
      if (!group.name().equals(ClusterMap.META_GROUP)) {
        wanted.put(group.name(), new ArrayList<>(group.voters()));
      }
    }
  }

  /**
   * Empties {@code node}: in each of its groups another one takes its place, the one with the
   * fewest replicas.
   *
   * @param force whether a group for which there is none may shrink
   */
  public PlacementPlan drain(String node, boolean force) {
    known(node);
    for (Map.Entry<String, List<String>> group : wanted.entrySet()) {
      if (group.getValue().contains(node)) {
        Optional<String> heir = leastLoaded(group.getKey(), other -> !other.equals(node));
        if (heir.isEmpty() && (!force || group.getValue().size() == 1)) {
          throw new PlanRefusedException(noHeir(node, group.getKey(), group.getValue().size()));
        }
        replace(group.getValue(), node, heir);
      }
    }
    return plan(List.of(new NodeMark(node, NodeStanding.DRAINING)));
  }

  private static String noHeir(String node, String group, int voters) {
    return "no other node can take "
        + node
        + "'s replica of "
        + group
        + ": add a node"
        + (voters > 1 ? ", or use --force to go on with " + (voters - 1) + " voters" : "");
  }

  /**
   * Gives all that {@code old} has to {@code next}, and empties {@code old}. In a group where
   * {@code next} votes already, the node with the fewest replicas takes the place.
   *
   * @param force whether a group for which there is none may shrink
   */
  public PlacementPlan replace(String old, String next, boolean force) {
    known(old);
    NodeRecord target = known(next);
    if (old.equals(next)) {
      throw new PlanRefusedException("a node cannot take its own place");
    }
    if (!target.registered() || !live.contains(next)) {
      throw new PlanRefusedException("node " + next + " is not up: start it first");
    }
    if (target.standing() != NodeStanding.ACTIVE) {
      throw new PlanRefusedException("node " + next + " is " + target.standing().word());
    }
    for (Map.Entry<String, List<String>> group : wanted.entrySet()) {
      if (group.getValue().contains(old)) {
        if (!canHost(group.getKey(), next)) {
          throw new PlanRefusedException("node " + next + " has no memory for the cache");
        }
        boolean there = group.getValue().contains(next);
        Optional<String> heir =
            there ? leastLoaded(group.getKey(), other -> !other.equals(old)) : Optional.of(next);
        if (heir.isEmpty() && !force) {
          throw new PlanRefusedException(
              next
                  + " votes in "
                  + group.getKey()
                  + " already, and "
                  + noHeir(old, group.getKey(), group.getValue().size()));
        }
        replace(group.getValue(), old, heir);
      }
    }
    return plan(List.of(new NodeMark(old, NodeStanding.DRAINING)));
  }

  /**
   * Has {@code voters}, the first of which is to lead, and nobody else vote in {@code group}.
   *
   * @param mayShrink whether they may be fewer than now
   */
  public PlacementPlan place(String group, List<String> voters, boolean mayShrink) {
    List<String> present = wanted.get(group);
    if (present == null) {
      throw new PlanRefusedException(
          group.equals(ClusterMap.META_GROUP)
              ? "the meta group's voters follow from the nodes: add or remove nodes"
              : "there is no group " + group);
    }
    if (voters.isEmpty()) {
      throw new PlanRefusedException("a group needs a voter");
    }
    if (voters.size() < present.size() && !mayShrink) {
      throw new PlanRefusedException(
          group
              + " would have "
              + voters.size()
              + " voters instead of "
              + present.size()
              + ": use --force if that is meant");
    }
    for (String node : voters) {
      known(node);
      if (!present.contains(node) && !live.contains(node)) {
        throw new PlanRefusedException("node " + node + " is not up: start it first");
      }
    }
    wanted.put(group, new ArrayList<>(voters));
    return plan(List.of());
  }

  /** Lets {@code node} have replicas again. */
  public PlacementPlan undrain(String node) {
    if (known(node).standing() == NodeStanding.LEAVING) {
      throw new PlanRefusedException("node " + node + " is being removed");
    }
    return new PlacementPlan(List.of(new NodeMark(node, NodeStanding.ACTIVE)), List.of());
  }

  /** Lets {@code node}, one of its voters, lead {@code group} whenever it can. */
  public PlacementPlan prefer(String group, String node) {
    GroupRecord record =
        map.group(group).orElseThrow(() -> new PlanRefusedException("there is no group " + group));
    known(node);
    if (!record.voters().contains(node)) {
      throw new PlanRefusedException(
          "node "
              + node
              + " does not vote in "
              + group
              + ": "
              + String.join(", ", record.voters()));
    }
    if (!live.contains(node)) {
      throw new PlanRefusedException("node " + node + " is not up");
    }
    List<String> voters = new ArrayList<>(record.voters());
    voters.remove(node);
    voters.add(0, node);
    wanted.put(group, voters);
    return plan(List.of());
  }

  /** Spreads leadership evenly: moves as few groups as that takes. */
  public PlacementPlan balanceLeaders() {
    Map<String, Integer> leads = new HashMap<>();
    wanted.values().forEach(voters -> leads.merge(voters.get(0), 1, Integer::sum));
    boolean moved = true;
    while (moved) {
      moved = wanted.values().stream().anyMatch(voters -> relieve(voters, leads));
    }
    return plan(List.of());
  }

  /** Whether another voter leads so much less that it should lead this group. */
  private boolean relieve(List<String> voters, Map<String, Integer> leads) {
    String first = voters.get(0);
    int burden = burden(first, leads);
    Optional<String> relief =
        voters.stream()
            .filter(this::mayLead)
            .min(Comparator.comparingInt(node -> leads.getOrDefault(node, 0)))
            .filter(node -> leads.getOrDefault(node, 0) + 1 < burden);
    relief.ifPresent(
        node -> {
          voters.remove(node);
          voters.add(0, node);
          leads.merge(first, -1, Integer::sum);
          leads.merge(node, 1, Integer::sum);
        });
    return relief.isPresent();
  }

  private int burden(String node, Map<String, Integer> leads) {
    return mayLead(node) ? leads.getOrDefault(node, 0) : Integer.MAX_VALUE;
  }

  private boolean mayLead(String node) {
    return live.contains(node) && map.node(node).filter(NodeRecord::takesReplicas).isPresent();
  }

  /** Spreads replicas evenly over all active nodes, and leadership with them. */
  public PlacementPlan spread() {
    boolean moved = true;
    while (moved) {
      moved = wanted.entrySet().stream().anyMatch(this::lighten);
    }
    return balanceLeaders();
  }

  /** Whether a replica of the group goes from its most loaded node to a much less loaded one. */
  private boolean lighten(Map.Entry<String, List<String>> group) {
    List<String> voters = group.getValue();
    String heaviest = voters.stream().max(Comparator.comparingInt(this::load)).orElseThrow();
    if (voters.size() < InitialPlacement.DATA_VOTERS_MAX) {
      Optional<String> more = leastLoaded(group.getKey(), node -> true);
      more.ifPresent(voters::add);
      return more.isPresent();
    }
    Optional<String> lightest =
        leastLoaded(group.getKey(), node -> load(node) + 1 < load(heaviest));
    lightest.ifPresent(node -> voters.set(voters.indexOf(heaviest), node));
    return lightest.isPresent();
  }

  /**
   * Has the named voters lead each group, in that order. As many of its other voters stay as it had
   * places left; for one that is draining the node with the fewest replicas steps in.
   */
  public PlacementPlan lead(Map<String, List<String>> firsts) {
    wanted.forEach(
        (group, present) -> {
          List<String> voters = firsts.getOrDefault(group, present);
          int size = Math.max(present.size(), voters.size());
          List<String> all = new ArrayList<>(voters);
          present.stream()
              .filter(node -> !all.contains(node) && all.size() < size)
              .filter(node -> map.node(node).map(NodeRecord::standing).equals(ACTIVE))
              .forEach(all::add);
          wanted.put(group, all);
          while (all.size() < size) {
            Optional<String> more = leastLoaded(group, node -> true);
            if (more.isEmpty()) {
              break;
            }
            all.add(more.get());
          }
        });
    return plan(List.of());
  }

  private Optional<String> leastLoaded(String group, Predicate<String> also) {
    return map.nodes().stream()
        .filter(NodeRecord::takesReplicas)
        .map(NodeRecord::name)
        .filter(node -> live.contains(node) && canHost(group, node))
        .filter(node -> !wanted.get(group).contains(node))
        .filter(also)
        .min(Comparator.comparingInt(this::load));
  }

  private boolean canHost(String group, String node) {
    boolean begun = map.cache().group(group).filter(cache -> cache.epoch() > 0).isPresent();
    return !begun || map.cache().member(node).isPresent();
  }

  private int load(String node) {
    return (int) wanted.values().stream().filter(voters -> voters.contains(node)).count();
  }

  private static void replace(List<String> voters, String old, Optional<String> next) {
    int place = voters.indexOf(old);
    if (next.isPresent()) {
      voters.set(place, next.get());
    } else {
      voters.remove(place);
    }
  }

  private NodeRecord known(String node) {
    return map.node(node).orElseThrow(() -> PlanRefusedException.noNode(node));
  }

  private PlacementPlan plan(List<NodeMark> marks) {
    List<GroupPreference> changed = new ArrayList<>();
    wanted.forEach(
        (group, voters) -> {
          List<String> present = map.group(group).orElseThrow().voters();
          if (!voters.equals(present)) {
            demandQuorum(group, present, voters);
            changed.add(new GroupPreference(group, voters));
          }
        });
    return new PlacementPlan(marks, changed);
  }

  /** Both the present and the coming voters must be able to agree to the change. */
  private void demandQuorum(String group, List<String> present, List<String> voters) {
    boolean reordered = Set.copyOf(present).equals(Set.copyOf(voters));
    for (List<String> quorum : List.of(present, voters)) {
      List<String> up = quorum.stream().filter(live::contains).toList();
      if (!reordered && 2 * up.size() <= quorum.size()) {
        throw new PlanRefusedException(
            group
                + " would lose its quorum: of "
                + String.join(", ", quorum)
                + (up.isEmpty() ? " none is up" : " only " + String.join(", ", up) + " is up"));
      }
    }
  }
}
