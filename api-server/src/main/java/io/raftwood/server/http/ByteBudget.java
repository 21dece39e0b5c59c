package io.raftwood.server.http;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes that may be held at one time. Thread-safe, never blocks. */
final class ByteBudget {
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  /** A budget of {@code limit} bytes. */
  ByteBudget(long limit) {
    this.limit = limit;
  }

  /** Takes {@code bytes}, if they are there; what was taken must be {@link #release}d. */
  boolean tryAcquire(long bytes) {
    long before = used.get();
    while (before + bytes <= limit) {
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  /** Gives back what {@link #tryAcquire} took. */
  void release(long bytes) {
    if (used.addAndGet(-bytes) < 0) {
      throw new IllegalStateException("released more than was acquired");
    }
  }

  /** Bytes held now. */
  long used() {
    return used.get();
  }
}
