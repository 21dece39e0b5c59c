package io.raftwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.fixtures.Formations;
import io.raftwood.peer.NodeAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PlacementPlannerTest {
  private static final ClusterMap THREE = InitialPlacement.of(Formations.of(3, 3));
  private static final ClusterMap FOUR = with(THREE, 4);

  @Test
  void theNodeWithTheFewestReplicasTakesTheDrainedOnesPlace() {
    PlacementPlan plan = planner(FOUR).drain("n2", false);
    assertThat(plan.marks()).containsExactly(new NodeMark("n2", NodeStanding.DRAINING));
    assertThat(plan.groups())
        .containsExactly(
            wish("data-0", "n1", "n4", "n3"),
            wish("data-1", "n4", "n3", "n1"),
            wish("data-2", "n3", "n1", "n4"),
            wish("cache-0", "n1", "n4", "n3"));
  }

  @Test
  void aDrainWithoutAHeirShrinksOnlyByForce() {
    refused(() -> planner(THREE).drain("n2", false), "no other node can take n2's replica", "2");
    assertThat(planner(THREE).drain("n2", true).groups())
        .contains(wish("data-0", "n1", "n3"), wish("data-1", "n3", "n1"));
    ClusterMap one = InitialPlacement.of(Formations.of(1, 1));
    refused(() -> planner(one).drain("n1", true), "no other node can take n1's replica");
  }

  @Test
  void nothingIsDoneThatWouldLoseAQuorum() {
    refused(
        () -> new PlacementPlanner(THREE, Set.of("n1", "n2")).drain("n2", true),
        "data-0 would lose its quorum: of n1, n3 only n1 is up");
    refused(
        () -> new PlacementPlanner(FOUR, Set.of("n1", "n4")).replace("n2", "n4", false),
        "data-0 would lose its quorum: of n1, n2, n3 only n1 is up");
  }

  @Test
  void aDeadNodeIsReplaced() {
    PlacementPlan plan =
        new PlacementPlanner(FOUR, Set.of("n1", "n3", "n4")).replace("n2", "n4", false);
    assertThat(plan.groups())
        .contains(wish("data-0", "n1", "n4", "n3"), wish("data-1", "n4", "n3", "n1"));
    refused(() -> planner(FOUR).replace("n2", "n2", false), "its own place");
    refused(() -> planner(FOUR).replace("n2", "n9", false), "there is no node n9");
    refused(
        () -> new PlacementPlanner(FOUR, Set.of("n1", "n2", "n3")).replace("n2", "n4", false),
        "n4 is not up");
  }

  @Test
  void whereTheReplacementVotesAlreadyAnotherNodeStepsInOrTheGroupShrinksByForce() {
    assertThat(planner(FOUR).replace("n1", "n2", false).groups())
        .contains(wish("data-0", "n4", "n2", "n3"));
    refused(
        () -> planner(THREE).replace("n1", "n2", false),
        "n2 votes in data-0 already, and no other node can take n1's replica of data-0");
    assertThat(planner(THREE).replace("n1", "n2", true).groups())
        .contains(wish("data-0", "n2", "n3"));
  }

  @Test
  void aGroupIsPlacedWhereTheOperatorWantsIt() {
    assertThat(planner(FOUR).place("data-1", List.of("n4", "n1", "n2"), false).groups())
        .containsExactly(wish("data-1", "n4", "n1", "n2"));
    refused(
        () -> planner(FOUR).place("data-0", List.of("n1", "n2"), false), "2 voters instead of 3");
    assertThat(planner(FOUR).place("data-0", List.of("n1", "n2"), true).groups())
        .containsExactly(wish("data-0", "n1", "n2"));
    refused(() -> planner(FOUR).place("data-9", List.of("n1"), true), "no group data-9");
    refused(() -> planner(FOUR).place("meta", List.of("n1"), true), "follow from the nodes");
    refused(
        () -> planner(FOUR).place("data-0", List.of("n1", "n2", "n9"), true),
        "there is no node n9");
    refused(
        () ->
            new PlacementPlanner(FOUR, Set.of("n1", "n2", "n3"))
                .place("data-0", List.of("n1", "n2", "n4"), false),
        "n4 is not up");
  }

  @Test
  void leadershipIsSpreadWithFewMoves() {
    List<GroupRecord> groups =
        FOUR.groups().stream()
            .map(group -> group.name().equals("meta") ? group : voters(group, "n1", "n2", "n3"))
            .toList();
    ClusterMap uneven = new ClusterMap(FOUR.clusterId(), 2, FOUR.nodes(), groups, FOUR.cache());
    PlacementPlan plan = planner(uneven).balanceLeaders();
    assertThat(plan.groups()).hasSize(2);
    assertThat(planner(FOUR).balanceLeaders().groups()).isEmpty();
  }

  @Test
  void theSlotTableKeepsTheThirdVoterOrFindsOne() {
    assertThat(planner(FOUR).lead(Map.of("data-0", List.of("n4", "n1"))).groups())
        .containsExactly(wish("data-0", "n4", "n1", "n2"));
    assertThat(planner(FOUR).lead(Map.of("data-0", List.of("n1", "n2"))).groups()).isEmpty();
    ClusterMap draining = marked(FOUR, "n3");
    assertThat(planner(draining).lead(Map.of("data-0", List.of("n2", "n1"))).groups())
        .containsExactly(wish("data-0", "n2", "n1", "n4"));
  }

  @Test
  void aLeaderMustBeALiveVoter() {
    assertThat(planner(FOUR).prefer("data-0", "n3").groups())
        .containsExactly(wish("data-0", "n3", "n1", "n2"));
    assertThat(planner(FOUR).prefer("meta", "n3").groups())
        .containsExactly(wish("meta", "n3", "n1", "n2", "n4"));
    refused(() -> planner(FOUR).prefer("data-0", "n4"), "n4 does not vote in data-0: n1, n2, n3");
    refused(
        () -> new PlacementPlanner(FOUR, Set.of("n1", "n2")).prefer("data-0", "n3"), "is not up");
  }

  @Test
  void everyPlanOfARandomMapIsAdmittedAndKeepsQuorums() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int nodes = 1 + random.nextInt(7);
      ClusterMap map = InitialPlacement.of(Formations.of(nodes, 1 + random.nextInt(6)));
      for (int next = nodes + 1; next <= nodes + random.nextInt(3); next++) {
        map = with(map, next);
      }
      if (random.nextInt(3) == 0) {
        map = marked(map, "n" + (1 + random.nextInt(nodes)));
      }
      Set<String> live = new HashSet<>();
      for (NodeRecord node : map.nodes()) {
        if (random.nextInt(6) > 0) {
          live.add(node.name());
        }
      }
      tryAll(map, live, random, seed);
    }
  }

  private static void tryAll(ClusterMap map, Set<String> live, Random random, long seed) {
    List<String> names = map.nodes().stream().map(NodeRecord::name).toList();
    String one = names.get(random.nextInt(names.size()));
    String other = names.get(random.nextInt(names.size()));
    for (int way = 0; way < 4; way++) {
      PlacementPlanner planner = new PlacementPlanner(map, live);
      try {
        PlacementPlan plan =
            switch (way) {
              case 0 -> planner.drain(one, random.nextBoolean());
              case 1 -> planner.replace(one, other, true);
              case 2 -> planner.balanceLeaders();
              default -> planner.spread();
            };
        check(map, live, plan, way, seed);
        if (way < 2) {
          assertThat(plan.groups()).allMatch(group -> !group.voters().contains(one));
        }
      } catch (PlanRefusedException e) {
        assertThat(e.getMessage()).as("seed %d", seed).isNotBlank();
      }
    }
  }

  private static void check(
      ClusterMap map, Set<String> live, PlacementPlan plan, int way, long seed) {
    List<NodeRecord> nodes =
        map.nodes().stream()
            .map(
                node ->
                    plan.marks().stream()
                        .filter(mark -> mark.node().equals(node.name()))
                        .findFirst()
                        .map(mark -> node.with(mark.standing()))
                        .orElse(node))
            .toList();
    ClusterMap marked =
        new ClusterMap(map.clusterId(), map.epoch(), nodes, map.groups(), map.cache());
    PlacementRules rules = new PlacementRules(marked);
    assertThat(rules.objection(plan.groups())).as("seed %d way %d", seed, way).isEmpty();
    for (GroupPreference group : plan.groups()) {
      List<String> before = map.group(group.group()).orElseThrow().voters();
      long up = group.voters().stream().filter(live::contains).count();
      if (!Set.copyOf(before).equals(Set.copyOf(group.voters()))) {
        assertThat(2 * up).as("seed %d", seed).isGreaterThan(group.voters().size());
      }
    }
    if (way == 3 && live.size() == nodes.size() && nodes.stream().allMatch(n -> active(n))) {
      checkEven(map.groups().size() - 1, nodes, rules.placed(plan.groups()), seed);
    }
  }

  private static boolean active(NodeRecord node) {
    return node.standing() == NodeStanding.ACTIVE;
  }

  private static void checkEven(
      int owned, List<NodeRecord> nodes, List<GroupRecord> groups, long seed) {
    Map<String, Integer> load = new HashMap<>();
    nodes.forEach(node -> load.put(node.name(), 0));
    groups.stream()
        .filter(group -> !group.name().equals("meta"))
        .forEach(group -> group.voters().forEach(name -> load.merge(name, 1, Integer::sum)));
    assertThat(Collections.max(load.values()) - Collections.min(load.values()))
        .as("seed %d, %d groups: %s", seed, owned, load)
        .isLessThanOrEqualTo(1);
  }

  private static void refused(Runnable plan, String... said) {
    assertThatThrownBy(plan::run)
        .isInstanceOf(PlanRefusedException.class)
        .hasMessageContainingAll(said);
  }

  private static PlacementPlanner planner(ClusterMap map) {
    return new PlacementPlanner(
        map, map.nodes().stream().map(NodeRecord::name).collect(Collectors.toSet()));
  }

  private static GroupPreference wish(String group, String... voters) {
    return new GroupPreference(group, List.of(voters));
  }

  private static GroupRecord voters(GroupRecord group, String... voters) {
    return new GroupRecord(
        group.name(), group.firstSlot(), group.endSlot(), List.of(voters), List.of());
  }

  private static ClusterMap marked(ClusterMap map, String name) {
    List<NodeRecord> nodes =
        map.nodes().stream()
            .map(node -> node.name().equals(name) ? node.with(NodeStanding.DRAINING) : node)
            .toList();
    return new ClusterMap(map.clusterId(), map.epoch(), nodes, map.groups(), map.cache());
  }

  private static ClusterMap with(ClusterMap map, int number) {
    List<NodeRecord> nodes = new ArrayList<>(map.nodes());
    nodes.add(
        new NodeRecord(
            "n" + number,
            new NodeAddress("127.0.0.1", 8080 + number),
            new NodeAddress("127.0.0.1", 9080 + number),
            Formations.incarnation(number),
            0,
            0));
    List<GroupRecord> groups = MetaVoters.kept(nodes, map.groups());
    return new ClusterMap(map.clusterId(), map.epoch() + 1, nodes, groups, map.cache());
  }
}
