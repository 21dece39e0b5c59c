package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.fixtures.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadIndexQueueTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Deadline LATER = Deadline.after(Duration.ofMinutes(10));
  private static final long LOST_AFTER = 2_000;

  private final AtomicLong clock = new AtomicLong(-1_000);
  private final List<CompletableFuture<Void>> rounds = new ArrayList<>();
  private final ReadIndexQueue queue = queue(this::start);

  @Test
  void aLoneReadStartsARoundAtOnce() {
    CompletableFuture<Void> read = queue.join(LATER);
    assertThat(rounds).hasSize(1);
    assertThat(read).isNotDone();
    rounds.get(0).complete(null);
    assertThat(read).isCompleted();
    assertThat(rounds).hasSize(1);
  }

  @Test
  void readsThatArriveDuringARoundShareTheNextOne() {
    CompletableFuture<Void> first = queue.join(LATER);
    CompletableFuture<Void> second = queue.join(LATER);
    CompletableFuture<Void> third = queue.join(LATER);
    assertThat(rounds).as("one in flight").hasSize(1);
    rounds.get(0).complete(null);
    assertThat(first).isCompleted();
    assertThat(second).as("its round began only now").isNotDone();
    assertThat(rounds).hasSize(2);
    rounds.get(1).complete(null);
    assertThat(second).isCompleted();
    assertThat(third).isCompleted();
    assertThat(rounds).hasSize(2);
  }

  @Test
  void aFailedRoundFailsItsReadsOnlyAndTheNextOneStarts() {
    CompletableFuture<Void> first = queue.join(LATER);
    CompletableFuture<Void> second = queue.join(LATER);
    rounds.get(0).completeExceptionally(new GroupUnavailableException("no quorum"));
    assertUnavailable(first);
    assertThat(second).isNotDone();
    rounds.get(1).complete(null);
    assertThat(second).isCompleted();
  }

  @Test
  void aLostRoundIsGivenUpAndItsLateAnswerServesNobody() {
    CompletableFuture<Void> lost = queue.join(LATER);
    CompletableFuture<Void> next = queue.join(LATER);
    clock.addAndGet(LOST_AFTER);
    queue.tick();
    assertThat(lost).isNotDone();
    clock.addAndGet(1);
    queue.tick();
    assertUnavailable(lost);
    assertThat(rounds).hasSize(2);
    rounds.get(0).complete(null);
    assertThat(next).as("the old round is not its own").isNotDone();
    assertThat(rounds).hasSize(2);
    rounds.get(1).complete(null);
    assertThat(next).isCompleted();
  }

  @Test
  void readsWhoseDeadlinePassesFailWaitingAndInFlight() {
    Deadline soon = Deadline.after(Duration.ofMillis(20));
    CompletableFuture<Void> flying = queue.join(soon);
    CompletableFuture<Void> waiting = queue.join(soon);
    CompletableFuture<Void> patient = queue.join(LATER);
    Await.until(PATIENCE, () -> "the deadline", soon::passed);
    queue.tick();
    assertUnavailable(flying);
    assertUnavailable(waiting);
    assertThat(patient).isNotDone();
    rounds.get(0).complete(null);
    rounds.get(1).complete(null);
    assertThat(patient).isCompleted();
    assertUnavailable(flying);
  }

  @Test
  void aSourceThatAnswersAtOnceServesEveryRead() {
    ReadIndexQueue immediate = queue(() -> CompletableFuture.completedFuture(null));
    for (int i = 0; i < 1_000; i++) {
      assertThat(immediate.join(LATER)).isCompleted();
    }
    AtomicInteger served = new AtomicInteger();
    chain(immediate, 500, served);
    assertThat(served).hasValue(500);
  }

  @Test
  void aSourceThatFailsOrThrowsFailsTheReadAndTheNextOneIsTried() {
    ReadIndexQueue failing =
        queue(() -> CompletableFuture.failedFuture(new IllegalStateException("stopping")));
    assertUnavailable(failing.join(LATER));
    assertUnavailable(failing.join(LATER));
    AtomicInteger calls = new AtomicInteger();
    ReadIndexQueue throwing =
        queue(
            () -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
              }
              return CompletableFuture.completedFuture(null);
            });
    assertUnavailable(throwing.join(LATER));
    assertThat(throwing.join(LATER)).isCompleted();
  }

  @Test
  void closingFailsEveryReadAndLaterOnesAtOnce() {
    CompletableFuture<Void> flying = queue.join(LATER);
    CompletableFuture<Void> waiting = queue.join(LATER);
    queue.close();
    assertUnavailable(flying);
    assertUnavailable(waiting);
    assertUnavailable(queue.join(LATER));
    rounds.get(0).complete(null);
    assertThat(rounds).hasSize(1);
  }

  /** Each read must see what was acknowledged before it began: rounds carry the count so far. */
  @Test
  void underLoadNoReadUsesARoundThatBeganBeforeIt() {
    AtomicLong acknowledged = new AtomicLong();
    AtomicLong confirmed = new AtomicLong();
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ExecutorService raft = Executors.newSingleThreadExecutor();
    ReadIndexQueue loaded =
        queue(
            () -> {
              long index = acknowledged.get();
              most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
              return CompletableFuture.runAsync(
                  () -> {
                    confirmed.accumulateAndGet(index, Math::max);
                    inFlight.decrementAndGet();
                  },
                  raft);
            });
    try {
      List<Long> tooOld =
          IntStream.range(0, 20_000)
              .parallel()
              .mapToObj(
                  i -> {
                    long seen = acknowledged.incrementAndGet();
                    loaded.join(LATER).join();
                    return confirmed.get() >= seen ? -1L : seen;
                  })
              .filter(seen -> seen >= 0)
              .toList();
      assertThat(tooOld).isEmpty();
      assertThat(most).hasValue(1);
    } finally {
      raft.shutdownNow();
    }
  }

  private void chain(ReadIndexQueue immediate, int left, AtomicInteger served) {
    if (left > 0) {
      immediate
          .join(LATER)
          .thenRun(
              () -> {
                served.incrementAndGet();
                chain(immediate, left - 1, served);
              });
    }
  }

  private CompletableFuture<Void> start() {
    CompletableFuture<Void> round = new CompletableFuture<>();
    rounds.add(round);
    return round;
  }

  private ReadIndexQueue queue(ReadIndexQueue.Source source) {
    return new ReadIndexQueue("data-0", clock::get, LOST_AFTER, source);
  }

  private static void assertUnavailable(CompletableFuture<Void> read) {
    assertThat(read).isCompletedExceptionally();
    assertThat(catchThrowableOfType(CompletionException.class, read::join).getCause())
        .isInstanceOf(GroupUnavailableException.class);
  }
}
