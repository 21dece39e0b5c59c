package io.raftwood.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The plans that make a curve of throughput and latency: the same load, ever more of it. */
final class LoadCurve {
  /** The servers are warm when a later step begins. */
  private static final Duration BETWEEN = Duration.ofSeconds(1);

  private static final int FACTOR = 4;
  private static final int PERCENT_STEP = 20;

  private LoadCurve() {}

  /**
   * Steps up to {@code last}, which is the last one: of a closed loop ever more connections, of an
   * open loop a fifth of the rate more each. The first preloads.
   */
  static List<LoadPlan> steps(LoadPlan last) {
    List<LoadPlan> steps = new ArrayList<>();
    long rate = last.timing().ratePerSecond();
    if (rate == 0) {
      for (int connections = 1; connections < last.connections(); connections *= FACTOR) {
        steps.add(last.withConnections(connections));
      }
    } else {
      for (int percent = PERCENT_STEP; percent < 100; percent += PERCENT_STEP) {
        long part = Math.max(1, rate * percent / 100);
        steps.add(last.with(timing(last.timing(), last.timing().warmUp(), part)));
      }
    }
    steps.add(last);
    for (int i = 1; i < steps.size(); i++) {
      LoadPlan step = steps.get(i).withoutPreload();
      steps.set(i, step.with(timing(step.timing(), BETWEEN, step.timing().ratePerSecond())));
    }
    return steps;
  }

  private static LoadPlan.Timing timing(LoadPlan.Timing of, Duration warmUp, long rate) {
    return new LoadPlan.Timing(warmUp, of.duration(), of.timeout(), rate);
  }
}
