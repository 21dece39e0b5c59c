package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClusterClockTest {
  private static final long SEED = 4711;
  private static final long WALL = 1_700_000_000_000L;
  private static final long SECOND = 1000;
  private static final long HOUR = 3600 * SECOND;

  /** One node's clocks: a common monotonic rate, a wall clock of its own. */
  private static final class Node {
    final AtomicLong nanos = new AtomicLong(-12_345);
    final AtomicLong wallMicros = new AtomicLong();
    final ClusterClock clock = new ClusterClock(nanos::get, () -> wallMicros.get() / 1000);

    Node(long wallMillis) {
      wallMicros.set(wallMillis * 1000);
    }

    void passMicros(long micros) {
      nanos.addAndGet(micros * 1000);
      wallMicros.addAndGet(micros);
    }

    void pass(long millis) {
      passMicros(millis * 1000);
    }
  }

  @Test
  void startsAtWallTimeInAFreshGroup() {
    Node node = new Node(WALL);
    node.clock.observe(0);
    assertThat(node.clock.stamp()).isEqualTo(WALL);
    node.pass(1234);
    assertThat(node.clock.stamp()).isEqualTo(WALL + 1234);
  }

  @Test
  void startsAtAPositiveStampWhateverTheWallClockSays() {
    assertThat(new Node(0).clock.stamp()).isEqualTo(1);
    assertThat(new Node(-5).clock.stamp()).isEqualTo(1);
    assertThat(new ClusterClock(() -> 0, () -> Long.MIN_VALUE).stamp()).isEqualTo(1);
    assertThat(new ClusterClock(() -> 0, () -> Long.MAX_VALUE).stamp())
        .isEqualTo(EntryCodec.STAMP_MILLIS_MAX);
  }

  @Test
  void neverGoesBackWhenTheWallClockDoes() {
    Node node = new Node(WALL);
    long first = node.clock.stamp();
    node.wallMicros.addAndGet(-HOUR * 1000);
    assertThat(node.clock.stamp()).isEqualTo(first);
    node.pass(SECOND);
    assertThat(node.clock.stamp()).isBetween(first + 990, first + SECOND);
  }

  @Test
  void movesAtMostEighteenSecondsAnHourUnderALeaderAnHourAhead() {
    assertThat(hourOf(WALL + HOUR, 10_000)).isEqualTo(HOUR + 18 * SECOND);
  }

  @Test
  void movesAtMostEighteenSecondsAnHourUnderALeaderAnHourBehind() {
    assertThat(hourOf(WALL - HOUR, 10_000)).isEqualTo(HOUR - 18 * SECOND);
  }

  @Test
  void slewsEquallyHoweverOftenItIsAsked() {
    assertThat(hourOf(WALL + HOUR, HOUR * 1000)).isEqualTo(HOUR + 18 * SECOND);
    assertThat(hourOf(WALL - HOUR, HOUR * 1000)).isEqualTo(HOUR - 18 * SECOND);
    // 0.5 % of 1,800 us are 9 us: rounding at each step would lose the slew.
    assertThat(hourOf(WALL + HOUR, 1_800)).isEqualTo(HOUR + 18 * SECOND);
    assertThat(hourOf(WALL - HOUR, 999_999 / 3)).isBetween(HOUR - 18_001, HOUR - 17_999);
  }

  /** By how much a group at WALL moves within an hour led by a node with the given wall clock. */
  private static long hourOf(long wallMillis, long stepMicros) {
    Node leader = new Node(wallMillis);
    leader.clock.observe(WALL);
    long stamp = 0;
    long left = HOUR * 1000;
    while (left > 0) {
      long step = Math.min(left, stepMicros);
      leader.passMicros(step);
      left -= step;
      stamp = leader.clock.stamp();
    }
    return stamp - WALL;
  }

  @Test
  void stopsSlewingOnceItMeetsTheWallClock() {
    for (long off : List.of(-SECOND, SECOND)) {
      Node leader = new Node(WALL + off);
      leader.clock.observe(WALL);
      for (int i = 0; i < 250; i++) {
        leader.pass(SECOND);
        leader.clock.stamp();
      }
      assertThat(leader.clock.stamp()).isEqualTo(WALL + off + 250 * SECOND);
      leader.pass(HOUR);
      assertThat(leader.clock.stamp()).isEqualTo(WALL + off + 250 * SECOND + HOUR);
    }
  }

  @Test
  void losesNoTimeByObservingItsOwnStamps() {
    Node leader = new Node(WALL);
    for (int i = 0; i < 100_000; i++) {
      long stamp = leader.clock.stamp();
      leader.pass(2);
      leader.clock.observe(stamp);
    }
    assertThat(leader.clock.stamp()).isEqualTo(WALL + 200_000);
  }

  @Test
  void goesOnFromTheOldLeadersTimeUnderANewLeaderAnHourOff() {
    for (long off : List.of(-HOUR, HOUR)) {
      Node old = new Node(WALL);
      Node next = new Node(WALL + off);
      for (int i = 0; i < 36_000; i++) {
        old.pass(100);
        next.pass(100);
        next.clock.observe(old.clock.stamp());
      }
      long handOver = old.clock.stamp();
      assertThat(handOver).isEqualTo(WALL + HOUR);
      next.pass(SECOND);
      assertThat(next.clock.stamp() - handOver).isBetween(995L, 1005L);
      next.pass(HOUR);
      assertThat(next.clock.stamp() - handOver - HOUR - SECOND).isBetween(-18_010L, 18_010L);
    }
  }

  @Test
  void neverStampsBeforeWhatItObserved() {
    Node node = new Node(WALL);
    node.clock.stamp();
    node.clock.observe(WALL + 50);
    node.wallMicros.addAndGet(50_000);
    assertThat(node.clock.stamp()).isEqualTo(WALL + 50);
    node.clock.observe(WALL + 20);
    node.clock.observe(0);
    assertThat(node.clock.stamp()).isEqualTo(WALL + 50);
    node.pass(10);
    assertThat(node.clock.stamp()).isEqualTo(WALL + 60);
  }

  @Test
  void staysWithinHalfAPercentUnderAnyWallClock() {
    SplittableRandom random = new SplittableRandom(SEED);
    Node node = new Node(WALL);
    node.clock.observe(WALL);
    long last = WALL;
    long passedMicros = 0;
    for (int i = 0; i < 200_000; i++) {
      long step = random.nextLong(1, 1 << random.nextInt(1, 24));
      node.passMicros(step);
      passedMicros += step;
      if (random.nextInt(10) == 0) {
        node.wallMicros.set(random.nextLong(2 * WALL * 1000));
      }
      long stamp = node.clock.stamp();
      assertThat(stamp).as("seed %d step %d", SEED, i).isGreaterThanOrEqualTo(last);
      last = stamp;
    }
    long passed = passedMicros / 1000;
    assertThat(last - WALL).isBetween(passed - passed / 199, passed + passed / 199);
  }

  @Test
  void neverDecreasesForAnyThread() throws Exception {
    AtomicLong nanos = new AtomicLong();
    ClusterClock clock = new ClusterClock(() -> nanos.addAndGet(1_000), () -> WALL);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<Boolean>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(threads.submit(() -> isMonotonic(clock)));
      }
      for (Future<Boolean> run : runs) {
        assertThat(run.get(30, TimeUnit.SECONDS)).isTrue();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean isMonotonic(ClusterClock clock) {
    long last = 0;
    for (int i = 0; i < 50_000; i++) {
      long stamp = clock.stamp();
      clock.observe(stamp + i % 2);
      if (stamp < last) {
        return false;
      }
      last = stamp;
    }
    return true;
  }
}
