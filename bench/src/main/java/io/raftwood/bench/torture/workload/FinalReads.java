package io.raftwood.bench.torture.workload;

import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.time.Duration;

/** Looking at a cluster that is whole again: it has to answer, if not at once. */
final class FinalReads {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private FinalReads() {}

  /**
   * Tries until it works.
   *
   * @throws IOException if it does not within half a minute
   */
  static void require(String what, Waits.Condition attempt) throws IOException {
    if (!Waits.until(LIMIT, attempt)) {
      throw new IOException("after everything was healed: " + what + ": no answer in " + LIMIT);
    }
  }
}
