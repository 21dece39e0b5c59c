package io.raftwood.membership;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a group's leaders reported as committed in the last while. Confined to one thread. */
final class CommitHistory {
  private final long spanNanos;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long due;
  private long latest;

  /** Everybody should have applied what was committed {@code span} ago. */
  CommitHistory(Duration span) {
    spanNanos = span.toNanos();
  }

  void add(long nanos, long commitIndex) {
    latest = Math.max(latest, commitIndex);
    samples.add(new Sample(nanos, latest));
  }

  /** The highest log index reported so far. */
  long latest() {
    return latest;
  }

  /** The log index that should be applied everywhere at {@code nanos}. */
  long dueAt(long nanos) {
    while (!samples.isEmpty() && nanos - samples.peek().nanos() > spanNanos) {
      due = samples.remove().commitIndex();
    }
    return due;
  }

  private record Sample(long nanos, long commitIndex) {}
}
