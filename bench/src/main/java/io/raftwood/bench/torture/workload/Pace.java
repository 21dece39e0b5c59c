package io.raftwood.bench.torture.workload;

import io.raftwood.bench.torture.timeline.Waits;
import java.time.Duration;

/** How fast clients go. */
public final class Pace {
  private static final Duration NORMAL = Duration.ofMillis(12);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(60);

  private Pace() {}

  /** Between two things of one client. */
  public static void normal() {
    Waits.pause(NORMAL);
  }

  /** After an answer that did not say what happened. */
  public static void afterFailure() {
    Waits.pause(AFTER_FAILURE);
  }
}
