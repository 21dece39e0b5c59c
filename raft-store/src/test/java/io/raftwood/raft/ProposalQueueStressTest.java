package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many threads submit, another completes, a third lets time pass or fails what waits. */
class ProposalQueueStressTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int THREADS = 4;
  private static final int COMMANDS = 4_000;

  private final ExecutorService applying = Executors.newSingleThreadExecutor();
  private final ExecutorService submitting = Executors.newFixedThreadPool(THREADS);
  private final AdmissionBudget budget = new AdmissionBudget(1 << 30);
  private final List<Bytes> applied = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger inFlightMost = new AtomicInteger();
  private final AtomicLong index = new AtomicLong();
  private final Map<Bytes, AtomicInteger> completions = new ConcurrentHashMap<>();
  private final Map<Bytes, Boolean> certainlyNot = new ConcurrentHashMap<>();
  private final ProposalQueue queue =
      new ProposalQueue(
          "data-0",
          new ProposalSettings(2, 1, 1 << 20),
          budget,
          new ClusterClock(System::nanoTime, System::currentTimeMillis),
          this::append);

  @AfterEach
  void stopThreads() {
    applying.shutdownNow();
    submitting.shutdownNow();
  }

  @Test
  void everyCommandIsAppliedAndAnsweredOnceInTheOrderOfItsThread() {
    submitAll(Duration.ofMinutes(10), new SplittableRandom(1), () -> {});
    assertThat(applied).hasSize(THREADS * COMMANDS);
    assertThat(certainlyNot).isEmpty();
    assertOrder();
  }

  @Test
  void shortDeadlinesNeverLoseOrDoubleACommand() {
    long seed = System.nanoTime();
    submitAll(Duration.ofMillis(2), new SplittableRandom(seed), queue::tick);
    assertNoLieAndNoDoubt(seed);
  }

  @Test
  void failingWhatWaitsWhileOthersPackLosesNothing() {
    long seed = System.nanoTime();
    submitAll(
        Duration.ofMinutes(10),
        new SplittableRandom(seed),
        () -> queue.failWaiting(new GroupUnavailableException("stopping")));
    assertNoLieAndNoDoubt(seed);
  }

  private void assertNoLieAndNoDoubt(long seed) {
    assertThat(applied).as("seed %d", seed).doesNotHaveDuplicates();
    assertThat(applied).as("seed %d", seed).noneMatch(certainlyNot::containsKey);
    assertOrder();
  }

  private void submitAll(Duration time, SplittableRandom random, Runnable disturbance) {
    AtomicBoolean done = new AtomicBoolean();
    List<CompletableFuture<?>> all = Collections.synchronizedList(new ArrayList<>());
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int number = thread;
      SplittableRandom own = random.split();
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < COMMANDS; i++) {
                  all.add(submit(payload(number, i), Deadline.after(time)));
                  if (own.nextInt(50) == 0) {
                    Thread.yield();
                  }
                }
              },
              submitting));
    }
    CompletableFuture<Void> submitted =
        CompletableFuture.allOf(threads.toArray(new CompletableFuture<?>[0]))
            .whenComplete((ok, failed) -> done.set(true));
    while (!done.get()) {
      disturbance.run();
      Thread.yield();
    }
    submitted.join();
    Await.until(
        PATIENCE,
        () -> queue.size() + " left, " + completions.size() + " completed",
        () -> all.stream().allMatch(CompletableFuture::isDone));
    Await.until(PATIENCE, () -> "held " + queue.size(), () -> queue.size() == 0);
    assertThat(all).hasSize(THREADS * COMMANDS);
    assertThat(completions).hasSize(THREADS * COMMANDS);
    assertThat(completions.values()).allMatch(count -> count.get() == 1);
    assertThat(budget.used()).isZero();
    assertThat(inFlightMost.get()).isLessThanOrEqualTo(2);
  }

  private CompletableFuture<?> submit(Bytes payload, Deadline deadline) {
    return queue
        .submit(Command.of(9, payload), deadline)
        .handle(
            (committed, failure) -> {
              completions.computeIfAbsent(payload, key -> new AtomicInteger()).incrementAndGet();
              if (failure == null) {
                assertThat(committed.result()).isEqualTo(payload);
              } else if (((ReplicationException) failure).certainlyNotApplied()) {
                certainlyNot.put(payload, true);
              }
              return committed;
            });
  }

  private void append(Bytes entry, EntrySink.Outcome outcome) {
    int now = inFlight.incrementAndGet();
    inFlightMost.accumulateAndGet(now, Math::max);
    List<Bytes> payloads =
        EntryCodec.decode(entry).commands().stream().map(Command::payload).toList();
    applying.execute(
        () -> {
          applied.addAll(payloads);
          inFlight.decrementAndGet();
          outcome.applied(payloads, index.incrementAndGet());
        });
  }

  private void assertOrder() {
    int[] last = new int[THREADS];
    for (Bytes payload : applied) {
      ByteReader reader = new ByteReader(payload);
      int thread = reader.u8();
      int number = reader.u32();
      assertThat(number).isGreaterThan(last[thread]);
      last[thread] = number;
    }
  }

  private static Bytes payload(int thread, int number) {
    return new ByteWriter(5).u8(thread).u32(number + 1).toBytes();
  }
}
