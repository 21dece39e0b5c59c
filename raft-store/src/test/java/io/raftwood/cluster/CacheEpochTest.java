package io.raftwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.Formations;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.raft.ApplyContext;
import io.raftwood.storage.OverlayBatch;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the meta group decides about the cache: memories, seats, epochs. */
class CacheEpochTest {
  private final SortedMapView store = new SortedMapView();
  private final ClusterMachine machine = new ClusterMachine();
  private long revision;

  CacheEpochTest() {
    apply(new ClusterCommand.FormCluster(Formations.of(3, 1)));
  }

  @Test
  void aMemoryGetsTheNextIndexAndRegisteringAgainChangesNothing() {
    assertThat(register(1, 101)).isEqualTo(new ClusterResult.Registered(0, 2));
    assertThat(register(1, 101)).isEqualTo(new ClusterResult.Registered(0, 2));
    assertThat(register(1, 102)).isEqualTo(new ClusterResult.Registered(1, 3));
    assertThat(register(1, 103)).isEqualTo(new ClusterResult.Registered(2, 4));
  }

  @Test
  void aReplacedMemoryStaysRefused() {
    register(1, 101);
    register(1, 102);
    assertThat(register(1, 101))
        .isEqualTo(new ClusterResult.Superseded(Formations.incarnation(102)));
    assertThat(
            apply(
                new ClusterCommand.RegisterCache(
                    "n1", Formations.incarnation(55), Formations.incarnation(103))))
        .isEqualTo(new ClusterResult.Superseded(Formations.incarnation(1)));
  }

  @Test
  void theFirstEpochBeginsOnceAMajorityHasAMemory() {
    register(1, 101);
    assertThat(begin("cache-0", false)).isInstanceOf(ClusterResult.InvalidPlacement.class);
    register(2, 102);
    assertThat(begin("cache-0", false)).isInstanceOf(ClusterResult.Accepted.class);
    assertThat(group().name()).isEqualTo("cache-0-e1");
    assertThat(group().founders()).containsExactly(seat(1, 0), seat(2, 0));
    assertThat(map().group("cache-0-e1").orElseThrow().voters()).containsExactly("n1", "n2", "n3");
    assertThat(map().group("cache-0")).isEmpty();
  }

  @Test
  void aMinorityThatForgetsEndsNoEpoch() {
    beginFirst();
    register(3, 201);
    assertThat(begin("cache-0-e1", false)).isInstanceOf(ClusterResult.InvalidPlacement.class);
    assertThat(begin("cache-0-e1", true)).isInstanceOf(ClusterResult.InvalidPlacement.class);
    assertThat(group().epoch()).isEqualTo(1);
  }

  @Test
  void aMajorityThatForgetsEndsTheEpochOnce() {
    beginFirst();
    register(3, 201);
    register(1, 202);
    assertThat(begin("cache-0-e1", false)).isInstanceOf(ClusterResult.Accepted.class);
    assertThat(begin("cache-0-e1", false)).isInstanceOf(ClusterResult.InvalidPlacement.class);
    assertThat(group().name()).isEqualTo("cache-0-e2");
    assertThat(group().founders()).containsExactly(seat(1, 1), seat(2, 0), seat(3, 1));
    assertThat(begin("cache-0-e2", false)).isInstanceOf(ClusterResult.InvalidPlacement.class);
  }

  @Test
  void oneAfterTheOtherIsNoMajorityOnceTheNewcomersAreSeated() {
    beginFirst();
    register(3, 201);
    seat(true, seat(1, 0), seat(2, 0), seat(3, 1));
    register(1, 202);
    assertThat(begin("cache-0-e1", false)).isInstanceOf(ClusterResult.InvalidPlacement.class);
    seat(true, seat(1, 1), seat(2, 0), seat(3, 1));
    register(2, 203);
    assertThat(begin("cache-0-e1", false)).isInstanceOf(ClusterResult.InvalidPlacement.class);
    register(1, 204);
    assertThat(begin("cache-0-e1", false)).isInstanceOf(ClusterResult.Accepted.class);
  }

  @Test
  void whileAChangeIsOnItsWayOnlyTheLossOfBothConfigurationsIsCertain() {
    beginFirst();
    register(3, 201);
    seat(false, seat(1, 0), seat(2, 0), seat(3, 1));
    register(1, 202);
    // Of the present voters 1 and 3 have forgotten; of those on their way 2 and 3 remember.
    assertThat(map().cache().doubtful(group())).isTrue();
    assertThat(begin("cache-0-e1", false)).isInstanceOf(ClusterResult.InvalidPlacement.class);
    assertThat(begin("cache-0-e1", true)).isInstanceOf(ClusterResult.Accepted.class);
  }

  @Test
  void theFoundersStayWhatTheyWere() {
    beginFirst();
    register(3, 201);
    seat(true, seat(1, 0), seat(2, 0), seat(3, 1));
    assertThat(group().founders()).containsExactly(seat(1, 0), seat(2, 0), seat(3, 0));
    assertThat(group().seated()).containsExactly(seat(1, 0), seat(2, 0), seat(3, 1));
  }

  @Test
  void onlyEarlierEpochsAreLeftBehind() {
    CacheGroup third = new CacheGroup("cache-0", 3, List.of(), List.of(), List.of());
    assertThat(third.hasLeftBehind("cache-0-e1")).isTrue();
    assertThat(third.hasLeftBehind("cache-0-e2")).isTrue();
    for (String other :
        List.of("cache-0-e3", "cache-0-e4", "cache-0-e10", "cache-0", "cache-1-e1", "cache-0-ex")) {
      assertThat(third.hasLeftBehind(other)).as(other).isFalse();
    }
    assertThat(CacheGroup.unborn("cache-0").hasLeftBehind("cache-0-e1")).isFalse();
  }

  @Test
  void anotherEpochsVotersAreNotTakenDown() {
    beginFirst();
    assertThat(apply(new ClusterCommand.SeatCacheVoters("cache-0", List.of(seat(1, 0)), true)))
        .isInstanceOf(ClusterResult.InvalidPlacement.class);
  }

  private void beginFirst() {
    register(1, 101);
    register(2, 102);
    register(3, 103);
    begin("cache-0", false);
  }

  private ClusterResult register(int node, int memory) {
    return apply(
        new ClusterCommand.RegisterCache(
            "n" + node, Formations.incarnation(node), Formations.incarnation(memory)));
  }

  private ClusterResult begin(String group, boolean stuck) {
    return apply(new ClusterCommand.BeginCacheEpoch(group, stuck));
  }

  private void seat(boolean settled, CacheSeat... seats) {
    assertThat(apply(new ClusterCommand.SeatCacheVoters(group().name(), List.of(seats), settled)))
        .isInstanceOf(ClusterResult.Accepted.class);
  }

  private static CacheSeat seat(int node, int index) {
    return new CacheSeat("n" + node, index);
  }

  private CacheGroup group() {
    return map().cache().groups().get(0);
  }

  private ClusterMap map() {
    Optional<ClusterMap> map = ClusterMachine.decodeAnswer(ClusterState.encodedMap(store));
    return map.orElseThrow();
  }

  private ClusterResult apply(ClusterCommand command) {
    OverlayBatch batch = new OverlayBatch(store);
    Bytes result =
        machine.apply(new ApplyContext(batch, ++revision, 0), ClusterCommandCodec.encode(command));
    store.commit(batch);
    return ClusterResultCodec.decode(result);
  }
}
