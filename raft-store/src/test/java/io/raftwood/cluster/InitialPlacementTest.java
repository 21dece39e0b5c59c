package io.raftwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.fixtures.Formations;
import io.raftwood.raft.Slot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InitialPlacementTest {
  @Test
  void slotsAreThoseOfTheRecords() {
    assertThat(InitialPlacement.SLOTS).isEqualTo(Slot.COUNT);
  }

  @Test
  void everySlotHasOneOwnerAndRangesAreEven() {
    for (int count : List.of(1, 2, 3, 5, 7, 8, 16, 1000, 1024)) {
      List<GroupRecord> groups = dataGroups(3, count);
      int next = 0;
      for (GroupRecord group : groups) {
        assertThat(group.firstSlot()).isEqualTo(next);
        assertThat(group.endSlot() - group.firstSlot())
            .isBetween(InitialPlacement.SLOTS / count, InitialPlacement.SLOTS / count + 1);
        next = group.endSlot();
      }
      assertThat(next).isEqualTo(InitialPlacement.SLOTS);
    }
  }

  @Test
  void preferenceIsSpreadEvenly() {
    for (int nodes = 1; nodes <= 9; nodes++) {
      Map<String, Integer> first = new HashMap<>();
      for (GroupRecord group : dataGroups(nodes, 2 * nodes)) {
        first.merge(group.voters().get(0), 1, Integer::sum);
        assertThat(group.voters()).hasSize(Math.min(3, nodes)).doesNotHaveDuplicates();
      }
      assertThat(first.values()).hasSize(nodes).allMatch(count -> count == 2);
    }
  }

  @Test
  void metaGroupVotesOnTheFirstFiveNodesAndTheOthersLearn() {
    for (int nodes = 1; nodes <= 9; nodes++) {
      GroupRecord meta = InitialPlacement.of(Formations.of(nodes, 1)).groups().get(0);
      assertThat(meta.name()).isEqualTo(ClusterMap.META_GROUP);
      assertThat(meta.voters()).hasSize(Math.min(5, nodes)).startsWith("n1");
      assertThat(meta.learners()).hasSize(nodes - meta.voters().size());
      assertThat(meta.owns(0)).isFalse();
    }
  }

  @Test
  void theCacheGroupOwnsNoRecordsAndHasNotBegun() {
    for (int nodes = 1; nodes <= 9; nodes++) {
      ClusterMap map = InitialPlacement.of(Formations.of(nodes, 2));
      GroupRecord cache = map.groups().get(3);
      assertThat(cache.name()).isEqualTo("cache-0");
      assertThat(cache.voters()).hasSize(Math.min(3, nodes)).startsWith("n1");
      assertThat(cache.owns(0)).isFalse();
      assertThat(map.cache().groups()).containsExactly(CacheGroup.unborn("cache-0"));
      assertThat(map.begunGroups()).doesNotContain(cache).hasSize(3);
    }
  }

  @Test
  void clusterIdDependsOnEveryIncarnationAndTheGroupsButNotOnTheOrder() {
    Formation formation = Formations.of(3, 2);
    List<Formation.Member> members = formation.members();
    Formation reordered = new Formation(2, List.of(members.get(2), members.get(0), members.get(1)));
    assertThat(reordered.clusterId()).isEqualTo(formation.clusterId());
    assertThat(Formations.of(3, 1).clusterId()).isNotEqualTo(formation.clusterId());
    Formation.Member wiped = Formations.member(2);
    Formation other =
        new Formation(
            2,
            List.of(
                members.get(0),
                new Formation.Member(
                    wiped.name(), wiped.http(), wiped.raft(), Formations.incarnation(77)),
                members.get(2)));
    assertThat(other.clusterId()).isNotEqualTo(formation.clusterId());
  }

  @Test
  void impossibleFormationsAreRefused() {
    Formation.Member member = Formations.member(1);
    assertThatThrownBy(() -> new Formation(0, List.of(member)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Formation(1025, List.of(member)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Formation(1, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Formation(1, List.of(member, member)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<GroupRecord> dataGroups(int nodes, int count) {
    ClusterMap map = InitialPlacement.of(Formations.of(nodes, count));
    return map.groups().subList(1, map.groups().size() - 1);
  }
}
