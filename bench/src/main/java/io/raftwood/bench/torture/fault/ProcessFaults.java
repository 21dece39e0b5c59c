package io.raftwood.bench.torture.fault;

import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * Faults of processes, and what operators can ask for at a bad moment. Each says whom it struck.
 */
final class ProcessFaults {
  private static final Duration PAUSE_MAX = Duration.ofSeconds(20);
  private static final Duration BETWEEN_STARTS = Duration.ofSeconds(4);
  private static final Duration BETWEEN_TRANSFERS = Duration.ofMillis(700);
  private static final Duration BETWEEN_SNAPSHOTS = Duration.ofMillis(300);

  private ProcessFaults() {}

  /** SIGKILL for {@code nodes} at once, and their return. */
  static String kill(Strike strike, List<Integer> nodes) throws IOException {
    for (int node : nodes) {
      strike.cluster().kill(node);
    }
    strike.moment(strike.length());
    for (int node : nodes) {
      strike.cluster().launch(node);
    }
    return strike.names(nodes);
  }

  /** SIGSTOP for {@code nodes}, and SIGCONT. */
  static String pause(Strike strike, List<Integer> nodes, Duration runTime) throws IOException {
    for (int node : nodes) {
      strike.cluster().pause(node);
    }
    long longest = Math.max(1001, Math.min(PAUSE_MAX.toMillis(), runTime.toMillis() / 4));
    Waits.pause(Duration.ofMillis(1000 + strike.random().nextInt((int) longest - 1000)));
    for (int node : nodes) {
      strike.cluster().resume(node);
    }
    return strike.names(nodes);
  }

  /** Kills one node again and again. */
  static String restartLoop(Strike strike) throws IOException {
    int node = strike.oftenLeader();
    int rounds = 2 + strike.random().nextInt(3);
    for (int i = 0; i < rounds && !Thread.currentThread().isInterrupted(); i++) {
      strike.cluster().kill(node);
      strike.cluster().launch(node);
      strike.moment(BETWEEN_STARTS);
    }
    return strike.cluster().name(node) + " " + rounds + " times";
  }

  /** Asks for one leader after another. */
  static String transferLeaders(Strike strike) {
    long end = System.nanoTime() + strike.length().toNanos();
    int done = 0;
    while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      try {
        strike.cluster().transfer(strike.anyNode(), strike.anyGroup(), strike.anyNode());
        done++;
      } catch (IOException e) {
        // Refused, or the node asked does not answer just now: the next one may.
      }
      Waits.pause(BETWEEN_TRANSFERS);
    }
    return done + " asked for";
  }

  /** Asks for one snapshot after another. */
  static String takeSnapshots(Strike strike) {
    long end = System.nanoTime() + strike.length().toNanos();
    int done = 0;
    while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      try {
        strike.cluster().snapshot(strike.anyNode());
        done++;
      } catch (IOException e) {
        // A replica did not answer in time: the next time it may.
      }
      Waits.pause(BETWEEN_SNAPSHOTS);
    }
    return done + " of all replicas";
  }
}
