package io.raftwood.bench.load;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What the loops and the run tell each other. Thread-safe. */
final class LoadControl {
  private final int keys;
  private final AtomicInteger nextPreload;
  private final LongAdder preloaded = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private volatile long measuredFrom;
  private volatile Phase phase = Phase.UNMEASURED;

  /** What the loops do with an answer. */
  enum Phase {
    /** Forget it. */
    UNMEASURED,
    /** Count it. */
    MEASURED,
    /** End. */
    STOPPED
  }

  LoadControl(LoadPlan.Workload workload) {
    this.keys = workload.keys();
    this.nextPreload = new AtomicInteger(workload.preload() && !workload.mix().ofTree() ? 0 : keys);
  }

  /** The present phase. */
  Phase phase() {
    return phase;
  }

  /** Begins {@code next}. */
  void enter(Phase next) {
    if (next == Phase.MEASURED) {
      measuredFrom = System.nanoTime();
    }
    phase = next;
  }

  /** When the measured window began, by {@link System#nanoTime}. */
  long measuredFrom() {
    return measuredFrom;
  }

  /** The next key to preload; -1 when all are taken. */
  int takePreload() {
    return nextPreload.get() >= keys ? -1 : claim();
  }

  /** Notes that a key was preloaded. */
  void preloaded() {
    preloaded.increment();
  }

  /** Number of keys preloaded. */
  long preloadedCount() {
    return preloaded.sum();
  }

  /** Notes an answer. */
  void answered() {
    answered.increment();
  }

  /** Number of answers so far, of any status, in any phase. */
  long answeredCount() {
    return answered.sum();
  }

  private int claim() {
    int key = nextPreload.getAndIncrement();
    return key < keys ? key : -1;
  }
}
