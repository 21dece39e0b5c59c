package io.raftwood.bench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What one loop counted while measuring. Not thread-safe; merged when the loops have ended. */
public final class LoadStatistics {
  private static final long HIGHEST_NANOS = 300_000_000_000L;
  private static final long NANOS_PER_SECOND = 1_000_000_000;
  private static final int STATUS_OK = 200;

  private final Histogram nanos = new Histogram(1_000, HIGHEST_NANOS, 3);
  private final Map<String, Long> errors = new TreeMap<>();
  private final List<Histogram> seconds = new ArrayList<>();
  private long answered;

  /**
   * Counts an answer.
   *
   * @param sinceNanos when it came, counted from the beginning of the measured window
   */
  void answer(int status, long latencyNanos, long sinceNanos) {
    answered++;
    if (status == STATUS_OK) {
      long latency = Math.min(latencyNanos, HIGHEST_NANOS);
      nanos.recordValue(latency);
      second((int) Math.max(0, sinceNanos / NANOS_PER_SECOND)).recordValue(latency);
    } else {
      error("status " + status);
    }
  }

  private Histogram second(int number) {
    while (seconds.size() <= number) {
      seconds.add(new Histogram(1_000, HIGHEST_NANOS, 2));
    }
    return seconds.get(number);
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
    for (int i = 0; i < other.seconds.size(); i++) {
      second(i).add(other.seconds.get(i));
    }
  }

  /** Answers of any status. */
  long answered() {
    return answered;
  }

  /** Latencies of the answers with status 200, in nanoseconds. */
  Histogram nanos() {
    return nanos;
  }

  /** Latencies as {@link #nanos}, of each second of the measured window. */
  List<Histogram> seconds() {
    return seconds;
  }

  /** Failures by kind: {@code status N}, {@code time-out}, {@code broken connection}. */
  Map<String, Long> errors() {
    return errors;
  }
}
