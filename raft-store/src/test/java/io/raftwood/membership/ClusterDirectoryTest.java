package io.raftwood.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.InitialPlacement;
import io.raftwood.fixtures.Formations;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterDirectoryTest {
  private static final ClusterMap MAP = InitialPlacement.of(Formations.of(3, 3));

  private final ClusterDirectory directory = new ClusterDirectory();

  @Test
  void everySlotAndNameIsFound() {
    assertThat(directory.groupOfSlot(0)).isEmpty();
    assertThat(directory.offer(MAP)).isTrue();
    for (int slot = 0; slot < InitialPlacement.SLOTS; slot++) {
      GroupRecord owner = directory.groupOfSlot(slot).orElseThrow();
      assertThat(owner.owns(slot)).isTrue();
    }
    assertThat(directory.node("n2")).isEqualTo(MAP.node("n2"));
    assertThat(directory.node("n9")).isEmpty();
  }

  @Test
  void onlyNewerMapsOfTheSameClusterAreTakenOver() {
    List<Long> told = new ArrayList<>();
    directory.onChange(map -> told.add(map.epoch()));
    assertThat(directory.offer(at(5))).isTrue();
    assertThat(directory.offer(at(5))).isFalse();
    assertThat(directory.offer(at(4))).isFalse();
    ClusterMap foreign = InitialPlacement.of(Formations.of(3, 4));
    assertThat(
            directory.offer(
                new ClusterMap(foreign.clusterId(), 9, foreign.nodes(), foreign.groups())))
        .isFalse();
    assertThat(directory.offer(at(6))).isTrue();
    assertThat(directory.epoch()).isEqualTo(6);
    assertThat(told).containsExactly(5L, 6L);
  }

  private static ClusterMap at(long epoch) {
    return new ClusterMap(MAP.clusterId(), epoch, MAP.nodes(), MAP.groups());
  }
}
