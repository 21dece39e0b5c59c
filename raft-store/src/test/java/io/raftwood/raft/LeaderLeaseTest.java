package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeaderLeaseTest {
  private static final long ELECTION = 1_000;

  private final AtomicLong clock = new AtomicLong(5_000);
  private final LeaderLease lease = new LeaderLease(clock::get, ELECTION);

  @Test
  void holdsForNineTenthsOfTheElectionTimeoutFromTheStartOfTheReadIndex() {
    long start = clock.get();
    clock.addAndGet(300);
    lease.granted(3, start);
    assertThat(lease.holds(3)).isTrue();
    clock.set(start + 899);
    assertThat(lease.holds(3)).isTrue();
    clock.set(start + 900);
    assertThat(lease.holds(3)).isFalse();
  }

  /** System.nanoTime may be negative, and may pass Long.MAX_VALUE. */
  @ParameterizedTest
  @ValueSource(longs = {-5_000, -400, Long.MAX_VALUE - 500, Long.MAX_VALUE, Long.MIN_VALUE})
  void countsRightWhereverTheMonotonicClockStands(long start) {
    clock.set(start);
    lease.granted(3, start);
    clock.set(start + 899);
    assertThat(lease.holds(3)).isTrue();
    clock.set(start + 900);
    assertThat(lease.holds(3)).isFalse();
  }

  @Test
  void aReadIndexThatTookLongerThanTheLeaseGrantsNothing() {
    long start = clock.getAndAdd(900);
    lease.granted(3, start);
    assertThat(lease.holds(3)).isFalse();
  }

  @Test
  void countsOnlyInTheTermThatGrantedIt() {
    assertThat(lease.holds(0)).isFalse();
    assertThat(lease.holds(-1)).isFalse();
    lease.granted(3, clock.get());
    assertThat(lease.holds(2)).isFalse();
    assertThat(lease.holds(4)).isFalse();
    assertThat(lease.holds(-1)).isFalse();
    lease.granted(2, clock.get());
    assertThat(lease.holds(3)).as("an older term's late grant takes nothing away").isTrue();
    assertThat(lease.holds(2)).isFalse();
    lease.granted(4, clock.get());
    assertThat(lease.holds(4)).isTrue();
    assertThat(lease.holds(3)).isFalse();
  }

  @Test
  void grantsMayArriveOutOfOrderAndNeverShortenTheLease() {
    lease.granted(3, 5_000);
    lease.granted(3, 4_500);
    clock.set(5_899);
    assertThat(lease.holds(3)).isTrue();
  }

  @Test
  void whatWasDroppedStaysDroppedForTheRestOfItsTermAndOfEarlierOnes() {
    lease.granted(3, clock.get());
    lease.drop(3);
    assertThat(lease.holds(3)).isFalse();
    lease.granted(3, clock.get());
    lease.granted(2, clock.get());
    assertThat(lease.holds(3)).isFalse();
    assertThat(lease.holds(2)).isFalse();
    lease.granted(4, clock.get());
    assertThat(lease.holds(4)).isTrue();
    lease.drop(3);
    assertThat(lease.holds(4)).as("an older term's drop").isTrue();
  }

  @Test
  void aDropBeforeTheGrantArrivesHoldsToo() {
    lease.drop(5);
    lease.drop(2);
    lease.granted(5, clock.get());
    assertThat(lease.holds(5)).isFalse();
    lease.granted(6, clock.get());
    assertThat(lease.holds(6)).isTrue();
  }

  @Test
  void wantsRenewalOnceHalfIsUsedUpOrTheTermIsAnother() {
    assertThat(lease.wantsRenewal(3)).isTrue();
    long start = clock.get();
    lease.granted(3, start);
    assertThat(lease.wantsRenewal(3)).isFalse();
    assertThat(lease.wantsRenewal(4)).isTrue();
    clock.set(start + 450);
    assertThat(lease.wantsRenewal(3)).isFalse();
    clock.set(start + 451);
    assertThat(lease.wantsRenewal(3)).isTrue();
    lease.granted(3, start + 451);
    assertThat(lease.wantsRenewal(3)).isFalse();
    clock.set(start + 451 + 899);
    assertThat(lease.holds(3)).isTrue();
  }
}
