package io.raftwood.it;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * One fault after another, at most one node at a time, chosen by a seed: leader or any node,
 * killed, stopped or paused for longer than an election takes, then brought back.
 */
final class FaultSchedule {
  private static final long MILLI = 1_000_000;

  private final ProcessCluster cluster;
  private final String group;
  private final Random random;
  private final List<String> done = new ArrayList<>();

  /** Kinds of faults, in the order in which they first happen. */
  private enum Kind {
    KILL_LEADER,
    PAUSE_LEADER,
    STOP_ANY,
    PAUSE_ANY,
    KILL_ANY
  }

  FaultSchedule(ProcessCluster cluster, String group, long seed) {
    this.cluster = cluster;
    this.group = group;
    this.random = new Random(seed);
  }

  /** Makes faults until {@code enough}; all nodes are ready again afterwards. */
  void run(BooleanSupplier enough) throws IOException, InterruptedException {
    Kind[] kinds = Kind.values();
    while (!enough.getAsBoolean()) {
      Await.pause((500 + random.nextInt(2500)) * MILLI);
      // Each kind once, then as the seed wants.
      Kind kind = done.size() < kinds.length ? kinds[done.size()] : kinds[random.nextInt(5)];
      int node = victim(kind);
      done.add(kind + " " + cluster.node(node).name());
      strike(kind, node);
    }
  }

  /** What was done so far. */
  List<String> done() {
    return done;
  }

  private int victim(Kind kind) {
    boolean leader = kind == Kind.KILL_LEADER || kind == Kind.PAUSE_LEADER;
    return leader ? cluster.awaitLeader(group) : random.nextInt(cluster.size());
  }

  private void strike(Kind kind, int node) throws IOException, InterruptedException {
    if (kind == Kind.PAUSE_LEADER || kind == Kind.PAUSE_ANY) {
      cluster.pause(node);
      Await.pause((500 + random.nextInt(4000)) * MILLI);
      cluster.resume(node);
      return;
    }
    if (kind == Kind.STOP_ANY) {
      cluster.stop(node);
    } else {
      cluster.kill(node);
    }
    Await.pause(random.nextInt(2000) * MILLI);
    cluster.start(node);
  }
}
