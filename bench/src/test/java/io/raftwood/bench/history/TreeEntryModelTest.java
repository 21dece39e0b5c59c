package io.raftwood.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Histories of entries of trees, judged by the checker. */
class TreeEntryModelTest {
  private static final Outcome DONE = Outcome.written(1);
  private static final Outcome KEPT = new Outcome.Kept();
  private static final Outcome ABSENT = new Outcome.Absent();

  @Test
  void oneClientAloneSeesWhatTheContractSays() {
    assertLinearizable(
        op(0, 1, insert("a"), DONE),
        op(2, 3, insert("b"), KEPT),
        op(4, 5, new Action.Get(), Outcome.read(1, "a")),
        op(6, 7, swap("b", "c"), KEPT),
        op(8, 9, swap("a", "c"), DONE),
        op(10, 11, new Action.Swap(Optional.empty(), "d"), KEPT),
        op(12, 13, remove("a"), KEPT),
        op(14, 15, new Action.Probe(), Outcome.written(0)),
        op(16, 17, remove("c"), DONE),
        op(18, 19, new Action.Probe(), ABSENT),
        op(20, 21, new Action.Remove(Optional.empty()), ABSENT),
        op(22, 23, remove("c"), KEPT),
        op(24, 25, new Action.Swap(Optional.empty(), "d"), DONE),
        op(26, 27, new Action.Remove(Optional.empty()), DONE));
  }

  @Test
  void ofTwoInsertsAtOnceOneWins() {
    assertLinearizable(op(0, 9, insert("a"), DONE), op(1, 8, insert("b"), KEPT));
    assertViolation(op(0, 9, insert("a"), DONE), op(1, 8, insert("b"), DONE));
  }

  @Test
  void ofTwoSwapsOfOneValueOneWins() {
    Operation first = op(0, 1, insert("0"), DONE);
    assertLinearizable(first, op(2, 9, swap("0", "1"), DONE), op(3, 8, swap("0", "2"), KEPT));
    assertViolation(first, op(2, 9, swap("0", "1"), DONE), op(3, 8, swap("0", "2"), DONE));
  }

  @Test
  void anUnknownChangeMayHaveHappenedOrNot() {
    Operation unknown =
        new Operation(0, "k", insert("a"), 0, OptionalLong.empty(), new Outcome.Unknown());
    assertLinearizable(unknown, op(5, 6, new Action.Get(), ABSENT));
    assertLinearizable(unknown, op(5, 6, new Action.Probe(), Outcome.written(0)));
    assertLinearizable(unknown, op(5, 6, swap("a", "b"), DONE));
    assertLinearizable(unknown, op(5, 6, swap("a", "b"), KEPT), op(7, 8, remove("a"), DONE));
    assertViolation(unknown, op(5, 6, swap("x", "b"), DONE));
  }

  @Test
  void aProbeThatMissesAnEntryIsStale() {
    assertViolation(op(0, 1, insert("a"), DONE), op(2, 3, new Action.Probe(), ABSENT));
  }

  private static void assertLinearizable(Operation... history) {
    assertThat(check(history)).isInstanceOf(Verdict.Linearizable.class);
  }

  private static void assertViolation(Operation... history) {
    assertThat(check(history)).isInstanceOf(Verdict.Violation.class);
  }

  private static Verdict check(Operation... history) {
    return new LinearizabilityChecker(Duration.ofSeconds(10)).check(List.of(history));
  }

  private static Operation op(long invoked, long returned, Action action, Outcome outcome) {
    return new Operation(0, "k", action, invoked, OptionalLong.of(returned), outcome);
  }

  private static Action insert(String value) {
    return new Action.Insert(value);
  }

  private static Action swap(String old, String value) {
    return new Action.Swap(Optional.of(old), value);
  }

  private static Action remove(String old) {
    return new Action.Remove(Optional.of(old));
  }
}
