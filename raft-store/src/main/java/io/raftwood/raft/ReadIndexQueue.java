package io.raftwood.raft;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/**
 * One read index in flight per group, shared by all reads queued before it began. A read may use
 * only a read index that started after the read arrived; those that arrive meanwhile wait for the
 * next one. Thread-safe, never blocks.
 */
public final class ReadIndexQueue {
  private final String group;
  private final LongSupplier nanoClock;
  private final Source source;
  private final long lostAfterNanos;

  private List<Waiter> waiting = new ArrayList<>();
  private Round round;
  private boolean closed;

  /**
   * A queue that asks {@code source}; a round that has not answered after {@code lostAfterNanos} is
   * given up (JRaft may lose one when leadership changes).
   */
  public ReadIndexQueue(String group, LongSupplier nanoClock, long lostAfterNanos, Source source) {
    this.group = group;
    this.nanoClock = nanoClock;
    this.lostAfterNanos = lostAfterNanos;
    this.source = source;
  }

  /** Where read indexes come from: the consensus adapter. */
  @FunctionalInterface
  public interface Source {
    /**
     * Starts a read index. The future completes once this replica has applied it; it fails when no
     * quorum confirmed it.
     */
    CompletableFuture<Void> start();
  }

  /**
   * Completes once a read index that started after this call is applied here. Fails with {@link
   * GroupUnavailableException}.
   */
  public CompletableFuture<Void> join(Deadline deadline) {
    Waiter waiter = new Waiter(deadline, new CompletableFuture<>());
    Round started;
    synchronized (this) {
      if (closed) {
        return CompletableFuture.failedFuture(new GroupUnavailableException(group + ": stopped"));
      }
      waiting.add(waiter);
      started = nextRound();
    }
    run(started);
    return waiter.future;
  }

  /**
   * Fails every read under way, and all later ones at once: nobody will answer or tick any more.
   */
  public void close() {
    List<Waiter> left;
    synchronized (this) {
      closed = true;
      left = waiting;
      waiting = new ArrayList<>();
      if (round != null) {
        left.addAll(round.waiters);
        round = null;
      }
    }
    fail(left, "stopped");
  }

  /** Fails reads whose deadline has passed and gives up a lost round. Called now and then. */
  public void tick() {
    List<Waiter> late = new ArrayList<>();
    Round started;
    synchronized (this) {
      if (round != null && nanoClock.getAsLong() - round.startNanos > lostAfterNanos) {
        late.addAll(round.waiters);
        round = null;
      }
      waiting.removeIf(waiter -> waiter.deadline.passed() && late.add(waiter));
      if (round != null) {
        round.waiters.removeIf(waiter -> waiter.deadline.passed() && late.add(waiter));
      }
      started = nextRound();
    }
    fail(late, "no quorum confirmed a read index in time");
    run(started);
  }

  /** The next round if one may start now, else {@code null}; called with the lock held. */
  private Round nextRound() {
    if (round != null || waiting.isEmpty()) {
      return null;
    }
    round = new Round(nanoClock.getAsLong(), waiting);
    waiting = new ArrayList<>();
    return round;
  }

  private void run(Round started) {
    if (started != null) {
      CompletableFuture<Void> confirmed;
      try {
        confirmed = source.start();
      } catch (RuntimeException e) {
        confirmed = CompletableFuture.failedFuture(e);
      }
      confirmed.whenComplete((done, failure) -> finished(started, failure));
    }
  }

  private void finished(Round finished, Throwable failure) {
    Round started;
    synchronized (this) {
      if (round != finished) {
        return;
      }
      round = null;
      started = nextRound();
    }
    run(started);
    if (failure == null) {
      finished.waiters.forEach(waiter -> waiter.future.complete(null));
    } else {
      fail(finished.waiters, String.valueOf(failure.getMessage()));
    }
  }

  private void fail(List<Waiter> waiters, String why) {
    for (Waiter waiter : waiters) {
      waiter.future.completeExceptionally(new GroupUnavailableException(group + ": " + why));
    }
  }

  /** One read that waits. */
  private record Waiter(Deadline deadline, CompletableFuture<Void> future) {}

  /** One read index in flight and the reads that it serves. */
  private static final class Round {
    final long startNanos;
    final List<Waiter> waiters;

    Round(long startNanos, List<Waiter> waiters) {
      this.startNanos = startNanos;
      this.waiters = waiters;
    }
  }
}
