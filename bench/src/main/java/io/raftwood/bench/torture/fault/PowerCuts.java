package io.raftwood.bench.torture.fault;

import io.raftwood.bench.torture.cluster.TortureCluster;
import io.raftwood.bench.torture.timeline.Timeline;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** So many power cuts of all nodes at once, each after so many answers. */
public final class PowerCuts {
  private static final Duration ANSWERS_LIMIT = Duration.ofMinutes(3);
  private static final int MOMENT_MAX_MILLIS = 300;

  private final TortureCluster cluster;
  private final Timeline timeline;
  private final Random random;

  /** Of {@code cluster}, at moments chosen by {@code seed}; noted in {@code timeline}. */
  public PowerCuts(TortureCluster cluster, Timeline timeline, long seed) {
    this.cluster = cluster;
    this.timeline = timeline;
    this.random = new Random(new SplittableRandom(~seed).nextLong());
  }

  /**
   * Cuts; all nodes are being started afterwards.
   *
   * @param cuts how often
   * @param answersBetween how many operations are answered before each
   * @throws IOException if the load does not go on, or the machine refuses
   */
  public void run(int cuts, int answersBetween) throws IOException {
    for (int i = 0; i < cuts && !Thread.currentThread().isInterrupted(); i++) {
      long wanted = timeline.answered() + answersBetween;
      if (!Waits.until(ANSWERS_LIMIT, () -> timeline.answered() >= wanted)) {
        long lacking = wanted - timeline.answered();
        throw new IOException(
            lacking + " answers were lacking after " + ANSWERS_LIMIT + "\n" + cluster.logs());
      }
      Waits.pause(Duration.ofMillis(random.nextInt(MOMENT_MAX_MILLIS)));
      cut();
    }
  }

  private void cut() throws IOException {
    List<Integer> nodes = IntStream.range(0, cluster.size()).boxed().collect(Collectors.toList());
    Collections.shuffle(nodes, random);
    long start = timeline.now();
    cluster.cutPower(nodes);
    for (int node : nodes) {
      cluster.launch(node);
    }
    timeline.fault(
        FaultKind.POWER_CUT.word(), "all, after " + timeline.answered() + " answers", start);
  }
}
