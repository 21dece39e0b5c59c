package io.raftwood.bench.load;

/**
 * When the requests of an open loop are due: at a constant rate, whatever the servers do. A request
 * that finds no free connection stays due, and its latency counts from when it was; so a server
 * that stalls is charged for every request that it would have got meanwhile (no coordinated
 * omission).
 *
 * <p>Not thread-safe. Times are those of {@link System#nanoTime()}.
 */
final class ArrivalSchedule {
  private final long intervalNanos;
  private long next;
  private boolean begun;

  /** Of one of {@code threads} loops that together make {@code ratePerSecond}, above 0. */
  ArrivalSchedule(long ratePerSecond, int threads) {
    intervalNanos = Math.max(1, 1_000_000_000L * threads / ratePerSecond);
  }

  /** Nanoseconds until a request is due; 0 or less if one is. The first call begins. */
  long untilNext(long now) {
    if (!begun) {
      begun = true;
      next = now;
    }
    return next - now;
  }

  /** Takes the request that is due; when it became so. */
  long take() {
    long due = next;
    next += intervalNanos;
    return due;
  }
}
