package io.raftwood.server.http.slow;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The newest slow requests of a process. Thread-safe; only slow requests take its lock.
 *
 * <p>Each is kept, up to {@value #CAPACITY}; at most one in a second is also logged, without its
 * target: keys are the users'.
 */
public final class SlowLog {
  /** Requests that are kept. */
  public static final int CAPACITY = 128;

  /** The key under which log events carry a request's id. */
  public static final String LOG_KEY = "request";

  private static final Logger LOG = LoggerFactory.getLogger(SlowLog.class);
  private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final long thresholdNanos;
  private final LongSupplier nanoClock;
  private final Deque<SlowRequest> newestFirst = new ArrayDeque<>(CAPACITY);
  private long total;
  private long lastLineNanos;
  private long silent;

  /**
   * Takes requests of {@code threshold} and more for slow.
   *
   * @param nanoClock as {@link System#nanoTime}
   */
  public SlowLog(Duration threshold, LongSupplier nanoClock) {
    this.thresholdNanos = threshold.toNanos();
    this.nanoClock = nanoClock;
    this.lastLineNanos = nanoClock.getAsLong() - LINE_NANOS;
  }

  /** Whether a request that took {@code nanos} is slow. */
  public boolean isSlow(long nanos) {
    return nanos >= thresholdNanos;
  }

  /** From which time on a request is slow. */
  public Duration threshold() {
    return Duration.ofNanos(thresholdNanos);
  }

  /** Keeps {@code request}; the oldest goes if there are too many. */
  public void add(SlowRequest request) {
    long untold;
    synchronized (this) {
      total++;
      if (newestFirst.size() == CAPACITY) {
        newestFirst.removeLast();
      }
      newestFirst.addFirst(request);
      long now = nanoClock.getAsLong();
      if (now - lastLineNanos < LINE_NANOS) {
        silent++;
        return;
      }
      lastLineNanos = now;
      untold = silent;
      silent = 0;
    }
    try (MDC.MDCCloseable ignored = MDC.putCloseable(LOG_KEY, request.id())) {
      LOG.warn(
          "slow request {}: {} took {} ms, answered {} after {} ms; {} more since the last line",
          request.id(),
          request.operation(),
          request.totalMillis(),
          request.outcome(),
          request.answerMillis(),
          untold);
    }
  }

  /** Those that are kept, the newest first. */
  public synchronized List<SlowRequest> newestFirst() {
    return new ArrayList<>(newestFirst);
  }

  /** How many there were since the process began. */
  public synchronized long total() {
    return total;
  }
}
