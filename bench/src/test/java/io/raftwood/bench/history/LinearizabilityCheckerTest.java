package io.raftwood.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {
  private static final Action GET = new Action.Get();
  private final LinearizabilityChecker checker = new LinearizabilityChecker(Duration.ofSeconds(30));

  @Test
  void anEmptyHistoryIsLinearizable() {
    assertThat(checker.check(List.of())).isEqualTo(new Verdict.Linearizable(0, 0));
  }

  @Test
  void sequentialUseOfARecordIsLinearizable() {
    assertLinearizable(
        op(0, 1, GET, new Outcome.Absent()),
        op(2, 3, put("a"), Outcome.written(1)),
        op(4, 5, put("b"), Outcome.written(2)),
        op(6, 7, GET, Outcome.read(2, "b")),
        op(8, 9, new Action.Put("c", 1), new Outcome.VersionMismatch(2)),
        op(10, 11, new Action.Put("c", 2), Outcome.written(3)),
        op(12, 13, new Action.Delete(2), new Outcome.VersionMismatch(3)),
        op(14, 15, new Action.Delete(0), Outcome.written(3)),
        op(16, 17, new Action.Delete(3), new Outcome.Absent()),
        op(18, 19, new Action.Put("d", 3), new Outcome.VersionMismatch(0)),
        op(20, 21, put("d"), Outcome.written(1)));
  }

  @Test
  void aReadDuringAPutMaySeeEitherSide() {
    Operation write = op(0, 10, put("a"), Outcome.written(1));
    assertLinearizable(write, op(1, 2, GET, new Outcome.Absent()));
    assertLinearizable(write, op(1, 2, GET, Outcome.read(1, "a")));
  }

  @Test
  void aReadAfterAnotherReadSawAPutMustSeeItToo() {
    assertViolation(
        op(0, 10, put("a"), Outcome.written(1)),
        op(1, 2, GET, Outcome.read(1, "a")),
        op(3, 4, GET, new Outcome.Absent()));
  }

  @Test
  void aStaleReadIsNamedAsTheOffender() {
    Operation stale = op(4, 5, GET, Outcome.read(1, "a"));
    Verdict verdict =
        checker.check(
            List.of(
                op(0, 1, put("a"), Outcome.written(1)),
                op(2, 3, put("b"), Outcome.written(2)),
                stale,
                op(6, 7, GET, Outcome.read(2, "b")),
                op(8, 9, GET, Outcome.read(1, "a"))));
    assertThat(verdict).isInstanceOf(Verdict.Violation.class);
    Verdict.Violation violation = (Verdict.Violation) verdict;
    assertThat(violation.offender()).isEqualTo(stale);
    assertThat(violation.prefixLength()).isEqualTo(3);
    assertThat(violation.window()).hasSize(3);
    assertThat(violation.toString()).contains("record k").contains("\"read\":\"a\"");
  }

  @Test
  void aLostUpdateIsAViolation() {
    assertViolation(
        op(0, 1, put("a"), Outcome.written(1)),
        op(2, 5, put("b"), Outcome.written(2)),
        op(3, 6, put("c"), Outcome.written(2)));
  }

  @Test
  void anUnknownPutMayHaveHappenedNeverOrLate() {
    Operation first = op(0, 1, put("a"), Outcome.written(1));
    Operation unknown = open(2, put("b"));
    assertLinearizable(first, unknown, op(90, 91, GET, Outcome.read(1, "a")));
    assertLinearizable(first, unknown, op(90, 91, GET, Outcome.read(2, "b")));
    assertLinearizable(
        first,
        unknown,
        op(90, 91, GET, Outcome.read(1, "a")),
        op(92, 93, GET, Outcome.read(2, "b")));
    assertViolation(
        first,
        unknown,
        op(90, 91, GET, Outcome.read(2, "b")),
        op(92, 93, GET, Outcome.read(1, "a")));
  }

  @Test
  void anUnknownPutDoesNotHappenBeforeItsInvocation() {
    assertViolation(op(0, 1, GET, Outcome.read(1, "b")), open(2, put("b")));
  }

  @Test
  void aPutThatCertainlyFailedMustNotBeSeen() {
    Operation failed = new Operation(0, "k", put("b"), 0, OptionalLong.of(1), new Outcome.Failed());
    assertLinearizable(failed, op(2, 3, GET, new Outcome.Absent()));
    assertViolation(failed, op(2, 3, GET, Outcome.read(1, "b")));
  }

  @Test
  void readsWithoutAnAnswerAreLeftOut() {
    assertThat(checker.check(List.of(open(0, GET)))).isEqualTo(new Verdict.Linearizable(0, 0));
  }

  @Test
  void recordsAreCheckedApart() {
    Operation other =
        new Operation(1, "other", GET, 2, OptionalLong.of(3), Outcome.read(7, "never"));
    Verdict verdict = checker.check(List.of(op(0, 1, put("a"), Outcome.written(1)), other));
    assertThat(verdict).isInstanceOf(Verdict.Violation.class);
    assertThat(((Verdict.Violation) verdict).key()).isEqualTo("other");
  }

  @Test
  void manyUnknownWritesDoNotBlowUpTheSearch() {
    List<Operation> history = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      history.add(open(i, i % 3 == 0 ? new Action.Delete(0) : put("u" + i)));
    }
    for (int i = 0; i < 40; i++) {
      history.add(op(100 + 4 * i, 101 + 4 * i, put("p" + i), Outcome.written(i + 1)));
      history.add(op(102 + 4 * i, 103 + 4 * i, GET, Outcome.read(i + 1, "p" + i)));
    }
    assertThat(checker.check(history)).isInstanceOf(Verdict.Linearizable.class);
    history.add(op(1000, 1001, GET, Outcome.read(40, "p39")));
    history.add(op(1002, 1003, GET, Outcome.read(41, "p39")));
    assertThat(checker.check(history)).isInstanceOf(Verdict.Violation.class);
  }

  @Test
  void withoutTimeNothingIsDecided() {
    long seed = 7;
    SimulatedHistory source =
        new SimulatedHistory(new Random(seed), 8, 1, 0.1, number -> "v" + number);
    Verdict verdict = new LinearizabilityChecker(Duration.ZERO).check(source.next(4000));
    assertThat(verdict).isInstanceOf(Verdict.Undecided.class);
  }

  @Test
  void historiesOfALinearizableStorePass() {
    for (long seed = 1; seed <= 60; seed++) {
      SimulatedHistory source =
          new SimulatedHistory(new Random(seed), 8, 3, 0.05, number -> "v" + number);
      assertThat(checker.check(source.next(600)))
          .as("seed %d", seed)
          .isInstanceOf(Verdict.Linearizable.class);
    }
  }

  @Test
  void oneReadWithAnotherVersionIsFound() {
    for (long seed = 1; seed <= 10; seed++) {
      Random random = new Random(seed);
      SimulatedHistory source = new SimulatedHistory(random, 8, 1, 0, number -> "v" + number);
      List<Operation> history = source.next(400);
      spoilOneRead(history, random);
      assertThat(checker.check(history)).as("seed %d", seed).isInstanceOf(Verdict.Violation.class);
    }
  }

  @Test
  void agreesWithBruteForceOnTinyHistories() {
    int linearizable = 0;
    int violations = 0;
    for (long seed = 1; seed <= 6000; seed++) {
      Random random = new Random(seed);
      String values = random.nextBoolean() ? "unique" : "few";
      SimulatedHistory source =
          new SimulatedHistory(
              random, 4, 1, 0.3, number -> values.equals("few") ? "v" + number % 2 : "v" + number);
      List<Operation> history = source.next(2 + random.nextInt(6));
      int spoiled = random.nextInt(3);
      for (int i = 0; i < spoiled; i++) {
        spoilAnyAnswer(history, random);
      }
      boolean expected = BruteForceChecker.linearizable(history);
      assertThat(checker.check(history) instanceof Verdict.Linearizable)
          .as("seed %d: %s", seed, history)
          .isEqualTo(expected);
      linearizable += expected ? 1 : 0;
      violations += expected ? 0 : 1;
    }
    assertThat(linearizable).isGreaterThan(1000);
    assertThat(violations).isGreaterThan(1000);
  }

  /** Values are unique, so a value at another version than its own is never explainable. */
  private static void spoilOneRead(List<Operation> history, Random random) {
    List<Integer> reads = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      if (history.get(i).outcome() instanceof Outcome.Done done && done.value().isPresent()) {
        reads.add(i);
      }
    }
    int index = reads.get(random.nextInt(reads.size()));
    Outcome.Done read = (Outcome.Done) history.get(index).outcome();
    history.set(
        index, withOutcome(history.get(index), new Outcome.Done(read.version() + 1, read.value())));
  }

  private static void spoilAnyAnswer(List<Operation> history, Random random) {
    int index = random.nextInt(history.size());
    Operation operation = history.get(index);
    if (!operation.outcome().definite()) {
      return;
    }
    List<Outcome> choices =
        operation.action().readOnly()
            ? List.of(
                new Outcome.Absent(), Outcome.read(1 + random.nextInt(3), "v" + random.nextInt(3)))
            : List.of(
                Outcome.written(1 + random.nextInt(3)),
                new Outcome.VersionMismatch(random.nextInt(3)),
                new Outcome.Failed());
    history.set(index, withOutcome(operation, choices.get(random.nextInt(choices.size()))));
  }

  private static Operation withOutcome(Operation operation, Outcome outcome) {
    return new Operation(
        operation.client(),
        operation.key(),
        operation.action(),
        operation.invokedAt(),
        operation.returnedAt(),
        outcome);
  }

  private void assertLinearizable(Operation... history) {
    assertThat(checker.check(List.of(history))).isInstanceOf(Verdict.Linearizable.class);
  }

  private void assertViolation(Operation... history) {
    assertThat(checker.check(List.of(history))).isInstanceOf(Verdict.Violation.class);
  }

  private static Action put(String value) {
    return new Action.Put(value, 0);
  }

  private static Operation op(long invoked, long returned, Action action, Outcome outcome) {
    return new Operation(0, "k", action, invoked, OptionalLong.of(returned), outcome);
  }

  private static Operation open(long invoked, Action action) {
    return new Operation(0, "k", action, invoked, OptionalLong.empty(), new Outcome.Unknown());
  }
}
