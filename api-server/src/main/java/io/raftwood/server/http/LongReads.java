package io.raftwood.server.http;

import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OverloadedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Threads for requests that take as long as what they list: they must not hold up the I/O threads.
 * The number of such requests under way is bounded; each has at most one task waiting here, so the
 * queue is bounded too and never refuses the rest of a request that has begun. Thread-safe.
 */
final class LongReads {
  private static final int THREADS = 2;
  private static final int UNDER_WAY_MAX = 64;

  private final AtomicInteger underWay = new AtomicInteger();
  private final ThreadPoolExecutor threads;

  /** Starts no thread yet; idle threads end. */
  LongReads() {
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "http-listing");
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Runs the parts of a request. */
  Executor executor() {
    return threads;
  }

  /** Requests under way. */
  int underWay() {
    return underWay.get();
  }

  /**
   * Answers {@code call} with what {@code read} comes to; {@code read} begins on a thread of this,
   * and what follows should run on {@link #executor}. Too many such requests: overloaded.
   */
  void answer(Call call, Supplier<CompletableFuture<Reply>> read) {
    call.answerWhen(start(call.deadline(), read), reply -> reply);
  }

  private CompletableFuture<Reply> start(
      Deadline deadline, Supplier<CompletableFuture<Reply>> read) {
    if (underWay.incrementAndGet() > UNDER_WAY_MAX) {
      underWay.decrementAndGet();
      return CompletableFuture.failedFuture(
          new OverloadedException(UNDER_WAY_MAX + " long reads are under way"));
    }
    CompletableFuture<Reply> done;
    try {
      done =
          CompletableFuture.supplyAsync(() -> begin(deadline, read), threads)
              .thenCompose(begun -> begun);
    } catch (RejectedExecutionException e) {
      done = CompletableFuture.failedFuture(new GroupUnavailableException("the node is stopping"));
    }
    return done.whenComplete((reply, failure) -> underWay.decrementAndGet());
  }

  private static CompletableFuture<Reply> begin(
      Deadline deadline, Supplier<CompletableFuture<Reply>> read) {
    return deadline.passed()
        ? CompletableFuture.failedFuture(
            new GroupUnavailableException("waited too long for its turn"))
        : read.get();
  }

  /** Ends; what is under way is given up. */
  void stop() {
    threads.shutdownNow();
  }
}
