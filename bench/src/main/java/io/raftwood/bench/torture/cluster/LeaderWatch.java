package io.raftwood.bench.torture.cluster;

import io.raftwood.bench.torture.check.LeadersCheck;
import io.raftwood.bench.torture.timeline.Timeline;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.time.Duration;

/** Asks the nodes all the time which groups they lead. */
public final class LeaderWatch implements AutoCloseable {
  private static final Duration PERIOD = Duration.ofMillis(300);

  private final TortureCluster cluster;
  private final Timeline timeline;
  private final LeadersCheck check;
  private final Thread thread = new Thread(this::watch, "leader-watch");
  private volatile boolean closed;

  private LeaderWatch(TortureCluster cluster, Timeline timeline, LeadersCheck check) {
    this.cluster = cluster;
    this.timeline = timeline;
    this.check = check;
  }

  /** Starts to watch; what is seen goes to {@code timeline} and {@code check}. */
  public static LeaderWatch start(TortureCluster cluster, Timeline timeline, LeadersCheck check) {
    LeaderWatch watch = new LeaderWatch(cluster, timeline, check);
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  /** Ends watching; does not wait. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  private void watch() {
    while (!closed) {
      for (int node = 0; node < cluster.size() && !closed; node++) {
        if (cluster.answering(node)) {
          ask(node);
        }
      }
      Waits.pause(PERIOD);
    }
  }

  /** A node knows best what it leads itself. */
  private void ask(int node) {
    try {
      for (ReplicaState replica : cluster.replicas(node)) {
        if (replica.leads() && replica.node().equals(cluster.name(node))) {
          timeline.leader(replica.group(), replica.node(), replica.term());
          check.saw(replica.group(), replica.term(), replica.node());
        }
      }
    } catch (IOException e) {
      // It is down, or cannot answer just now.
    }
  }
}
