package io.raftwood.bench.load;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one loop counted while measuring. Not thread-safe; merged when the loops have ended. */
public final class LoadStatistics {
  private static final long HIGHEST_NANOS = 300_000_000_000L;
  private static final int STATUS_OK = 200;

  private final Histogram nanos = new Histogram(1_000, HIGHEST_NANOS, 3);
  private final Map<String, Long> errors = new TreeMap<>();
  private long answered;

  /** Counts an answer. */
  void answer(int status, long latencyNanos) {
    answered++;
    if (status == STATUS_OK) {
      nanos.recordValue(Math.min(latencyNanos, HIGHEST_NANOS));
    } else {
      error("status " + status);
    }
  }

  /** Counts a failure. */
  void error(String kind) {
    errors.merge(kind, 1L, Long::sum);
  }

  /** Adds what {@code other} counted. */
  void add(LoadStatistics other) {
    nanos.add(other.nanos);
    other.errors.forEach((kind, count) -> errors.merge(kind, count, Long::sum));
    answered += other.answered;
  }

  /** Answers of any status. */
  long answered() {
    return answered;
  }

  /** Latencies of the answers with status 200, in nanoseconds. */
  Histogram nanos() {
    return nanos;
  }

  /** Failures by kind: {@code status N}, {@code time-out}, {@code broken connection}. */
  Map<String, Long> errors() {
    return errors;
  }
}
