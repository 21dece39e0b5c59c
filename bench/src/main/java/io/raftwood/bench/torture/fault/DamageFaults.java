package io.raftwood.bench.torture.fault;

import io.raftwood.bench.torture.cluster.NodeEnd;
import io.raftwood.bench.torture.cluster.ReplicaComparison;
import io.raftwood.bench.torture.cluster.TortureCluster;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/**
 * Damage to the files of one node while it does not run. Started again it may serve, if nothing is
 * wrong with what it serves, or end and say why; then it is wiped, as an operator would, and must
 * be a voter again.
 *
 * <p>All other nodes are whole meanwhile, and the damage is over when the fault is: what one node
 * has forgotten can be had from the others only then.
 */
final class DamageFaults {
  private static final Duration WHOLE_LIMIT = Duration.ofSeconds(60);
  private static final Duration VERDICT_LIMIT = Duration.ofSeconds(90);
  private static final Duration SNAPSHOT_LIMIT = Duration.ofSeconds(3);
  private static final Duration LOOKS_LIMIT = Duration.ofSeconds(60);

  private final Strike strike;
  private final TortureCluster cluster;
  private final int victim;

  private DamageFaults(Strike strike) {
    this.strike = strike;
    this.cluster = strike.cluster();
    this.victim = strike.oftenLeader();
  }

  /** Something that is done to files below a data directory; empty = there are no such files. */
  @FunctionalInterface
  interface Damage {
    /** Does it. */
    Optional<String> to(Path data, Random random) throws IOException;
  }

  /** Damages one node; what was done, and what became of it. */
  static String strike(Strike strike, Damage damage) throws IOException {
    if (!Waits.until(WHOLE_LIMIT, () -> strike.cluster().whole())) {
      throw new FaultNotDoneException("the nodes were not all there before it");
    }
    return new DamageFaults(strike).carryOut(damage);
  }

  private String carryOut(Damage damage) throws IOException {
    // So that there is something to damage.
    Waits.until(SNAPSHOT_LIMIT, this::takeSnapshot);
    cluster.kill(victim);
    strike.moment(strike.length());
    Optional<String> done = Optional.empty();
    boolean others =
        Waits.until(WHOLE_LIMIT, () -> ReplicaComparison.goesOnWithout(cluster, victim));
    if (others) {
      done = damage.to(cluster.dataDirectory(victim), strike.random());
    }
    if (done.isEmpty()) {
      cluster.launch(victim);
      throw new FaultNotDoneException(
          others ? "there was no such file yet" : "the other nodes did not go on alone");
    }
    return cluster.name(victim) + ", " + done.get() + ", " + verdict();
  }

  private String verdict() throws IOException {
    cluster.launch(victim);
    cluster.expectEnd(victim);
    boolean decided =
        Waits.until(VERDICT_LIMIT, () -> cluster.end(victim).isPresent() || cluster.ready(victim));
    boolean looked =
        decided && Waits.until(LOOKS_LIMIT, () -> cluster.end(victim).isPresent() || looksWhole());
    Optional<NodeEnd> end = cluster.end(victim);
    if (looked && end.isEmpty()) {
      cluster.expectNoEnd(victim);
      return "which did no harm";
    }
    if (end.isEmpty()) {
      cluster.surprise(victim, "was damaged, and neither serves all it has nor ends");
      cluster.kill(victim);
    } else if (!end.get().explained()) {
      cluster.surprise(victim, "was damaged, and " + end.get());
    }
    return end.map(one -> "which " + one).orElse("which did not end") + "; " + replaced();
  }

  private boolean takeSnapshot() throws IOException {
    cluster.snapshot(victim);
    return true;
  }

  /** Everything that it has is read, by itself and for the others. */
  private boolean looksWhole() throws IOException {
    cluster.snapshot(victim);
    return ReplicaComparison.everyReplicaHashed(cluster, victim);
  }

  private String replaced() throws IOException {
    long start = System.nanoTime();
    Optional<String> problem = cluster.wipe(victim, VERDICT_LIMIT);
    cluster.launch(victim);
    boolean back = Waits.until(VERDICT_LIMIT, () -> cluster.whole());
    if (problem.isPresent() || !back) {
      cluster.surprise(
          victim, problem.map("was not wiped: "::concat).orElse("was wiped, but does not vote"));
      return "not replaced";
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return String.format(Locale.ROOT, "wiped, a voter again after %.1f s", seconds);
  }
}
