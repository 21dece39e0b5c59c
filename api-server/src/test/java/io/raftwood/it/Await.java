package io.raftwood.it;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for conditions with deadlines. */
final class Await {
  private static final long POLL_NANOS = 20_000_000;

  private Await() {}

  /** A condition that may fail to find out. */
  interface Condition {
    /** Whether it holds; an exception counts as no. */
    boolean holds() throws Exception;
  }

  /**
   * Waits until {@code condition} holds.
   *
   * @param diagnosis what to add to the failure
   * @throws AssertionError after {@code limit}, with the last exception as its cause
   */
  static void until(String what, Duration limit, Condition condition, Supplier<String> diagnosis) {
    long deadline = System.nanoTime() + limit.toNanos();
    Exception last = null;
    do {
      try {
        if (condition.holds()) {
          return;
        }
      } catch (Exception e) {
        last = e;
      }
      pause(POLL_NANOS);
    } while (System.nanoTime() - deadline < 0);
    throw new AssertionError("not within " + limit + ": " + what + "\n" + diagnosis.get(), last);
  }

  /** The same without a diagnosis. */
  static void until(String what, Duration limit, Condition condition) {
    until(what, limit, condition, () -> "");
  }

  /** Lets {@code nanos} pass: the pace of a client, never a wait for something to happen. */
  static void pause(long nanos) {
    long deadline = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = deadline - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
