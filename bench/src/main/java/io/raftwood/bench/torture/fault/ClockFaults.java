package io.raftwood.bench.torture.fault;

import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/** Clocks that are wrong. Each says whose. */
final class ClockFaults {
  private static final int HOURS_MAX = 48;
  private static final int PER_MILLE_MAX = 50;
  private static final int PER_MILLE_MIN = 10;

  /** A node needs some seconds to start; then it should be there for a while. */
  private static final Duration DRIFT_START = Duration.ofSeconds(15);

  private ClockFaults() {}

  /** One node's wall clock jumps hours ahead or back, and returns. */
  static String jump(Strike strike) throws IOException {
    int node = strike.oftenLeader();
    int hours = 1 + strike.random().nextInt(HOURS_MAX);
    long seconds = Duration.ofHours(strike.random().nextBoolean() ? hours : -hours).toSeconds();
    strike.cluster().setClock(node, seconds);
    strike.last();
    strike.cluster().setClock(node, 0);
    return strike.cluster().name(node) + " " + seconds / 3600 + " h";
  }

  /** All clocks of one node, which is started anew for it, go too fast or too slowly. */
  static String drift(Strike strike) throws IOException {
    int node = strike.oftenLeader();
    int perMille = PER_MILLE_MIN + strike.random().nextInt(PER_MILLE_MAX - PER_MILLE_MIN + 1);
    double rate = 1 + (strike.random().nextBoolean() ? perMille : -perMille) / 1000.0;
    strike.cluster().kill(node);
    strike.cluster().launchDrifting(node, rate);
    Waits.until(DRIFT_START, () -> strike.cluster().ready(node));
    strike.last();
    strike.cluster().kill(node);
    strike.cluster().launch(node);
    return String.format(Locale.ROOT, "%s at %.3f", strike.cluster().name(node), rate);
  }
}
