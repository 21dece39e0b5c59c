package io.raftwood.bench.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CounterCheckTest {
  @Test
  void raisesInTheOrderOfTimeAreFine() {
    assertPassed(raise(0, 1, 1), raise(2, 3, 2), read(4, 5, 2), raise(6, 7, 3));
  }

  @Test
  void concurrentRaisesMayTakeAnyOrder() {
    assertPassed(raise(0, 10, 2), raise(1, 9, 1), read(2, 3, 0), read(4, 5, 2));
  }

  @Test
  void aRaiseThatHappenedTwiceIsFound() {
    assertFailed(raise(0, 1, 1), raise(2, 3, 3));
  }

  @Test
  void aLostRaiseIsFound() {
    assertFailed(raise(0, 1, 1), raise(2, 3, 2), raise(4, 5, 2));
    assertFailed(raise(0, 1, 1), raise(2, 3, 2), read(4, 5, 1));
  }

  @Test
  void anUnknownRaiseExplainsOneNumberOnceItWasSent() {
    assertPassed(raise(0, 1, 1), Observation.unknown("k", 2), raise(4, 5, 3));
    assertPassed(raise(0, 1, 1), Observation.unknown("k", 2), raise(4, 5, 2));
    assertFailed(raise(0, 1, 1), Observation.unknown("k", 2), raise(4, 5, 4));
    assertFailed(raise(0, 1, 2), Observation.unknown("k", 2));
  }

  @Test
  void aStaleReadIsFound() {
    assertFailed(raise(0, 1, 1), read(2, 3, 0));
  }

  @Test
  void nothingAnsweredIsNotCalledGood() {
    assertThat(CounterCheck.check("c", List.of()).status()).isEqualTo(CheckResult.Status.UNKNOWN);
  }

  @Test
  void countersThatAreOneByConstructionPassAndFailWhenOneNumberIsChanged() {
    for (long seed = 1; seed <= 200; seed++) {
      Random random = new Random(seed);
      List<Observation> history = new ArrayList<>();
      long value = 0;
      for (int i = 0; i < 60; i++) {
        long point = i * 10L;
        long invoked = point - random.nextInt(40);
        long returned = point + random.nextInt(40);
        boolean raises = random.nextInt(3) > 0;
        boolean unknown = raises && random.nextInt(8) == 0;
        value += raises && !(unknown && random.nextBoolean()) ? 1 : 0;
        history.add(
            unknown
                ? Observation.unknown("k", invoked)
                : Observation.of("k", raises, invoked, returned, value));
      }
      Collections.shuffle(history, random);
      assertThat(CounterCheck.check("c", history).status())
          .as("seed %d", seed)
          .isEqualTo(CheckResult.Status.PASSED);
      Observation told = history.stream().filter(CounterCheckTest::told).findFirst().orElseThrow();
      history.add(Observation.of("k", true, 10_000, 10_001, told.value().getAsLong()));
      assertThat(CounterCheck.check("c", history).status())
          .as("seed %d", seed)
          .isEqualTo(CheckResult.Status.FAILED);
    }
  }

  private static boolean told(Observation one) {
    return one.change() && one.value().isPresent();
  }

  private static void assertPassed(Observation... history) {
    assertThat(CounterCheck.check("c", List.of(history)).status())
        .isEqualTo(CheckResult.Status.PASSED);
  }

  private static void assertFailed(Observation... history) {
    assertThat(CounterCheck.check("c", List.of(history)).status())
        .isEqualTo(CheckResult.Status.FAILED);
  }

  private static Observation raise(long invokedAt, long returnedAt, long value) {
    return Observation.of("k", true, invokedAt, returnedAt, value);
  }

  private static Observation read(long invokedAt, long returnedAt, long value) {
    return Observation.of("k", false, invokedAt, returnedAt, value);
  }
}
