package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Bounds, deadlines and failures: each answers with the right type and gives back what it took. */
class ProposalQueueFailureTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Deadline LATER = Deadline.after(Duration.ofMinutes(10));
  private static final Deadline PAST = Deadline.after(Duration.ofMillis(-1));

  private final AdmissionBudget budget = new AdmissionBudget(1_000);
  private final RecordingSink sink = new RecordingSink();
  private final ProposalQueue queue = queue(10, sink);

  @Test
  void moreCommandsThanAllowedAreRefusedUntilSomeAreAnswered() {
    for (int i = 0; i < 10; i++) {
      assertThat(submit("c", LATER)).isNotDone();
    }
    assertThat(failure(submit("late", LATER))).isInstanceOf(OverloadedException.class);
    assertThat(queue.size()).isEqualTo(10);
    sink.sent.get(0).applied(1);
    assertThat(submit("again", LATER)).isNotDone();
  }

  @Test
  void bytesBeyondTheNodesBudgetAreRefusedAndTheCountIsGivenBack() {
    CompletableFuture<Committed> large = queue.submit(Command.of(9, payload(900)), LATER);
    assertThat(failure(queue.submit(Command.of(9, payload(40)), LATER)))
        .isInstanceOf(OverloadedException.class);
    assertThat(queue.size()).isEqualTo(1);
    sink.sent.get(0).applied(1);
    assertThat(large).isCompleted();
    assertThat(budget.used()).isZero();
    assertThat(queue.submit(Command.of(9, payload(40)), LATER)).isNotDone();
  }

  @Test
  void aCommandWhoseDeadlinePassesWhileItWaitsIsCertainlyNotAppliedAndNeverSent() {
    fillTheFlight();
    Deadline soon = Deadline.after(Duration.ofMillis(20));
    CompletableFuture<Committed> late = submit("late", soon);
    CompletableFuture<Committed> patient = submit("patient", LATER);
    Await.until(PATIENCE, () -> "the deadline", soon::passed);
    queue.tick();
    assertThat(failure(late)).isInstanceOf(GroupUnavailableException.class);
    assertThat(patient).isNotDone();
    applyAll();
    assertThat(sink.sent.get(2).payloads()).containsExactly(Bytes.utf8("patient"));
    assertThat(patient).isCompleted();
    assertNothingIsHeld();
  }

  @Test
  void aCommandThatIsLateBeforeItIsPackedIsNotSentEvenWithoutATick() {
    CompletableFuture<Committed> late = submit("late", PAST);
    assertThat(failure(late)).isInstanceOf(GroupUnavailableException.class);
    assertThat(sink.sent).isEmpty();
    assertNothingIsHeld();
  }

  /** The budget is the whole node's: a group without a quorum must not keep it from the others. */
  @Test
  void whatWaitedInVainGivesItsBytesBackAlthoughNothingInFlightIsAnswered() {
    fillTheFlight();
    long held = budget.used();
    CompletableFuture<Committed> late = submit("late", PAST);
    assertThat(queue.size()).isEqualTo(3);
    queue.tick();
    assertThat(failure(late)).isInstanceOf(GroupUnavailableException.class);
    assertThat(queue.size()).isEqualTo(2);
    assertThat(budget.used()).isEqualTo(held);
    applyAll();
    assertNothingIsHeld();
  }

  @Test
  void aCommandWhoseDeadlinePassesInFlightHasAnUnknownOutcomeAndALateResultIsIgnored() {
    Deadline soon = Deadline.after(Duration.ofMillis(20));
    CompletableFuture<Committed> late = submit("late", soon);
    assertThat(sink.sent).hasSize(1);
    Await.until(PATIENCE, () -> "the deadline", soon::passed);
    queue.tick();
    assertThat(failure(late)).isInstanceOf(OutcomeUnknownException.class);
    assertThat(queue.size()).as("its bytes are still in the log's memory").isEqualTo(1);
    sink.sent.get(0).applied(1);
    assertThat(failure(late)).isInstanceOf(OutcomeUnknownException.class);
    assertNothingIsHeld();
  }

  @Test
  void aFailedEntryFailsItsCommandsWithThatFailureAndTheNextIsSent() {
    fillTheFlight();
    List<CompletableFuture<Committed>> packed = List.of(submit("a", LATER), submit("b", LATER));
    sink.sent.get(0).outcome().failed(new OutcomeUnknownException("lost"));
    CompletableFuture<Committed> next = submit("c", LATER);
    sink.sent.get(2).outcome().failed(new OutcomeUnknownException("lost"));
    assertThat(packed)
        .allSatisfy(one -> assertThat(failure(one)).isInstanceOf(OutcomeUnknownException.class));
    assertThat(next).isNotDone();
    sink.sent.get(1).applied(1);
    sink.sent.get(3).applied(2);
    assertThat(next).isCompleted();
    assertNothingIsHeld();
  }

  @Test
  void aSinkThatFailsAtOnceFailsEverythingWithoutRecursion() {
    RecordingSink refusing =
        new RecordingSink(
            outcome -> outcome.failed(new NotLeaderException("data-0", Optional.empty())));
    ProposalQueue refused = queue(100_000, refusing);
    AtomicBoolean inside = new AtomicBoolean();
    List<CompletableFuture<Committed>> all = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      CompletableFuture<Committed> one = refused.submit(command("c" + i), LATER);
      one.whenComplete(
          (done, failed) -> {
            if (inside.compareAndSet(false, true)) {
              for (int more = 0; more < 500; more++) {
                all.add(refused.submit(command("more"), LATER));
              }
            }
          });
      all.add(one);
    }
    assertThat(all)
        .hasSize(1_000)
        .allSatisfy(one -> assertThat(failure(one)).isInstanceOf(NotLeaderException.class));
    assertThat(refused.size()).isZero();
    assertNothingIsHeld();
  }

  /** JRaft, when it shuts down, both throws and calls the closure. */
  @Test
  void aSecondOutcomeOfOneEntryChangesNothing() {
    CompletableFuture<Committed> one = submit("a", LATER);
    EntrySink.Outcome outcome = sink.sent.get(0).outcome();
    outcome.failed(new GroupUnavailableException("the node is stopping"));
    outcome.failed(new OutcomeUnknownException("the node is stopping"));
    outcome.applied(List.of(Bytes.EMPTY), 1);
    assertThat(failure(one)).isInstanceOf(GroupUnavailableException.class);
    assertNothingIsHeld();
    for (int i = 0; i < 4; i++) {
      submit("b" + i, LATER);
    }
    assertThat(sink.sizes()).as("two in flight still means two").containsExactly(1, 1, 1);
  }

  @Test
  void aSinkThatThrowsDoesNotStopTheQueue() {
    AtomicBoolean broken = new AtomicBoolean(true);
    RecordingSink throwing =
        new RecordingSink(
            outcome -> {
              if (broken.get()) {
                throw new IllegalStateException("broken");
              }
            });
    ProposalQueue shaken = queue(10, throwing);
    assertThat(failure(shaken.submit(command("a"), LATER)))
        .isInstanceOf(OutcomeUnknownException.class);
    assertNothingIsHeld();
    broken.set(false);
    CompletableFuture<Committed> next = shaken.submit(command("b"), LATER);
    throwing.sent.get(1).applied(1);
    assertThat(next).isCompleted();
  }

  @Test
  void aCommandThatCannotBeEncodedFailsAloneAndTheQueueGoesOn() {
    Command keyed = new Command(0, Optional.of(Bytes.of(1)), Bytes.of(1));
    assertThat(failure(queue.submit(keyed, LATER))).isInstanceOf(GroupUnavailableException.class);
    assertNothingIsHeld();
    CompletableFuture<Committed> next = submit("b", LATER);
    sink.sent.get(0).applied(1);
    assertThat(next).isCompleted();
  }

  @Test
  void anEntryThatWasAppliedWithoutResultsIsAnsweredAsUnknown() {
    CompletableFuture<Committed> skipped = submit("a", LATER);
    sink.sent.get(0).outcome().applied(List.of(), 1);
    assertThat(failure(skipped)).isInstanceOf(OutcomeUnknownException.class);
    assertNothingIsHeld();
  }

  @Test
  void failWaitingFailsWhatWaitsAndLeavesWhatIsInFlight() {
    CompletableFuture<Committed> flying = submit("x", LATER);
    submit("y", LATER);
    List<CompletableFuture<Committed>> waiting = List.of(submit("a", LATER), submit("b", LATER));
    queue.failWaiting(new NotLeaderException("data-0", Optional.of("node2")));
    assertThat(waiting)
        .allSatisfy(one -> assertThat(failure(one)).isInstanceOf(NotLeaderException.class));
    assertThat(flying).isNotDone();
    assertThat(queue.size()).isEqualTo(2);
    applyAll();
    assertThat(sink.sent).hasSize(2);
    assertThat(flying).isCompleted();
    assertNothingIsHeld();
  }

  @Test
  void aSinkThatAnswersOnAnotherThreadWhileItBlocksDoesNotDeadlock() {
    CountDownLatch answered = new CountDownLatch(1);
    RecordingSink waiting =
        new RecordingSink(
            outcome -> {
              CompletableFuture.runAsync(
                      () -> outcome.failed(new OutcomeUnknownException("elsewhere")))
                  .join();
              answered.countDown();
            });
    ProposalQueue other = queue(10, waiting);
    assertThat(failure(other.submit(command("a"), LATER)))
        .isInstanceOf(OutcomeUnknownException.class);
    assertThat(answered.getCount()).isZero();
    assertNothingIsHeld();
  }

  private void fillTheFlight() {
    submit("x", LATER);
    submit("y", LATER);
  }

  private void applyAll() {
    for (int i = 0; i < sink.sent.size(); i++) {
      sink.sent.get(i).applied(i + 1);
    }
  }

  private void assertNothingIsHeld() {
    assertThat(queue.size()).isZero();
    assertThat(budget.used()).isZero();
  }

  private CompletableFuture<Committed> submit(String text, Deadline deadline) {
    return queue.submit(command(text), deadline);
  }

  private static Throwable failure(CompletableFuture<?> future) {
    assertThat(future).isCompletedExceptionally();
    return catchThrowableOfType(CompletionException.class, future::join).getCause();
  }

  private static Bytes payload(int length) {
    return Bytes.wrap(new byte[length]);
  }

  private static Command command(String text) {
    return Command.of(9, Bytes.utf8(text));
  }

  private ProposalQueue queue(int commandsMax, EntrySink to) {
    return new ProposalQueue(
        "data-0",
        new ProposalSettings(2, 1, commandsMax),
        budget,
        new ClusterClock(() -> 0, () -> 1_000),
        to);
  }
}
