package io.raftwood.bench.torture.timeline;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Letting time pass, and waiting for conditions with deadlines. */
public final class Waits {
  private static final Duration POLL = Duration.ofMillis(50);

  private Waits() {}

  /** A condition that may fail to find out. */
  public interface Condition {
    /** Whether it holds; an {@link java.io.IOException} counts as no. */
    boolean holds() throws java.io.IOException;
  }

  /** Lets {@code time} pass; returns earlier when the thread is interrupted. */
  public static void pause(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    long left = time.toNanos();
    while (left > 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(left);
      left = deadline - System.nanoTime();
    }
  }

  /** Waits until {@code condition} holds; false if it did not within {@code limit}. */
  public static boolean until(Duration limit, Condition condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      try {
        if (condition.holds()) {
          return true;
        }
      } catch (java.io.IOException e) {
        // Not known yet: asked again.
      }
      if (System.nanoTime() - deadline > 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      pause(POLL);
    }
  }
}
