package io.raftwood.server.http;

import io.raftwood.raft.OverloadedException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one thread that hashes passwords: each takes 0.1 s and more, on purpose. Few may wait, so
 * that guessing can neither hold up requests nor take more than one processor. Thread-safe.
 */
final class PasswordWork {
  private static final int WAITING_MAX = 32;

  private final ThreadPoolExecutor thread;

  /** Starts no thread yet; an idle one ends. */
  PasswordWork() {
    thread =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING_MAX),
            task -> {
              Thread made = new Thread(task, "http-passwords");
              made.setDaemon(true);
              return made;
            });
    thread.allowCoreThreadTimeOut(true);
  }

  /** Does {@code work}; fails with {@link OverloadedException} when too much waits. */
  <T> CompletableFuture<T> submit(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(
          new OverloadedException("too many passwords wait to be checked"));
    }
  }

  /** Passwords that wait or are being hashed. */
  long waiting() {
    return thread.getQueue().size() + (long) thread.getActiveCount();
  }

  /** Ends; what waits is given up. */
  void stop() {
    thread.shutdownNow();
  }
}
