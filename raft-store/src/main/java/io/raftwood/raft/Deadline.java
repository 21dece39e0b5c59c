package io.raftwood.raft;

import java.time.Duration;

/**
 * A point of the monotonic clock until which an answer is of use.
 *
 * @param nanoTime in the scale of {@link System#nanoTime}
 */
public record Deadline(long nanoTime) {
  /** {@code duration} from now. */
  public static Deadline after(Duration duration) {
    return new Deadline(System.nanoTime() + duration.toNanos());
  }

  /** Nanoseconds left; zero or negative when it has passed. */
  public long remainingNanos() {
    return nanoTime - System.nanoTime();
  }

  /** Milliseconds left, rounded up; zero when it has passed. */
  public long remainingMillis() {
    return Math.max(0, (remainingNanos() + 999_999) / 1_000_000);
  }

  /** Whether it has passed. */
  public boolean passed() {
    return remainingNanos() <= 0;
  }
}
