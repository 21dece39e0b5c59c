package io.raftwood.storage;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Counts the uses under way of something that can be closed, so that it is freed only after the
 * last of them: what every tablet uses to keep the promise of {@link Tablet} about closing.
 *
 * <p>Thread-safe. {@link #enter} and {@link #leave} cost one atomic operation each.
 */
public final class UseGate {
  private static final long SHUT = Long.MIN_VALUE;

  private final Supplier<? extends RuntimeException> refusal;

  /** The number of uses under way; from {@link #shut} on, that number above {@link #SHUT}. */
  private final AtomicLong uses = new AtomicLong();

  private final AtomicBoolean shut = new AtomicBoolean();

  /** An open gate; once it is shut, {@link #enter} throws what {@code refusal} makes. */
  public UseGate(Supplier<? extends RuntimeException> refusal) {
    this.refusal = refusal;
  }

  /**
   * Begins a use; {@link #leave} must follow exactly once. When the gate was shut it throws what
   * the constructor was given, and nothing has begun.
   */
  public void enter() {
    if (uses.incrementAndGet() < 0) {
      leave();
      throw refusal.get();
    }
  }

  /**
   * Begins another use on the strength of one under way, which the caller has and keeps meanwhile;
   * never refused.
   */
  public void share() {
    uses.incrementAndGet();
  }

  /** Ends a use. */
  public void leave() {
    if (uses.decrementAndGet() == SHUT) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /**
   * Refuses new uses and waits until those under way have ended. An interrupt does not end the
   * waiting (what is freed under a reader's feet crashes the process); the flag is kept.
   *
   * @return whether this call was the first, whose caller has to free what the gate guards
   */
  public boolean shut() {
    if (!shut.compareAndSet(false, true)) {
      return false;
    }
    uses.addAndGet(SHUT);
    boolean interrupted = false;
    synchronized (this) {
      while (uses.get() != SHUT) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return true;
  }
}
