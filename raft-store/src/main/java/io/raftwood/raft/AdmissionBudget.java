package io.raftwood.raft;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Bytes that may be in flight at a time, shared by all groups of a node, so that many large
 * commands cannot exhaust the heap. Thread-safe, never blocks.
 */
public final class AdmissionBudget {
  private final long bytesMax;
  private final AtomicLong used = new AtomicLong();

  /** A budget of {@code bytesMax} bytes, at least 1. */
  public AdmissionBudget(long bytesMax) {
    if (bytesMax < 1) {
      throw new IllegalArgumentException("a budget has at least 1 byte, not " + bytesMax);
    }
    this.bytesMax = bytesMax;
  }

  /**
   * Takes {@code bytes} if they fit. Something larger than the whole budget is let in alone, when
   * nothing else is in flight: it could never get in otherwise.
   */
  public boolean tryAcquire(long bytes) {
    while (true) {
      long now = used.get();
      if (now != 0 && now + bytes > bytesMax) {
        return false;
      }
      if (used.compareAndSet(now, now + bytes)) {
        return true;
      }
    }
  }

  /** Gives back what {@link #tryAcquire} took. */
  public void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /** Bytes in flight now. */
  public long used() {
    return used.get();
  }
}
