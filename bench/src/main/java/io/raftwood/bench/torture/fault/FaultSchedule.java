package io.raftwood.bench.torture.fault;

import io.raftwood.bench.torture.cluster.TortureCluster;
import io.raftwood.bench.torture.network.Links;
import io.raftwood.bench.torture.timeline.Timeline;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Faults one after another, sometimes two at once, chosen by a seed: each kind once in random
 * order, then any. After each everything is healed; often the next comes before all nodes are ready
 * again.
 */
public final class FaultSchedule {
  private static final int LENGTH_MIN_MILLIS = 800;
  private static final int LENGTH_MAX_MILLIS = 5500;
  private static final int QUIET_MIN_MILLIS = 300;
  private static final int QUIET_MAX_MILLIS = 2500;
  private static final Duration READY_LIMIT = Duration.ofSeconds(10);

  private final TortureCluster cluster;
  private final Links links;
  private final Timeline timeline;
  private final Random random;
  private final FaultChoice choice;
  private final Map<FaultKind, String> notDone = new ConcurrentHashMap<>();

  /**
   * A schedule of {@code kinds}, all of which this machine can do; none = no faults.
   *
   * @param timeline faults are noted there
   */
  public FaultSchedule(
      TortureCluster cluster, Links links, Timeline timeline, List<FaultKind> kinds, long seed) {
    this.cluster = cluster;
    this.links = links;
    this.timeline = timeline;
    this.random = new Random(new SplittableRandom(~seed).nextLong());
    this.choice = new FaultChoice(kinds, random);
  }

  /**
   * Strikes for about {@code time}, then heals everything.
   *
   * @throws IOException if something cannot be healed
   */
  public void run(Duration time) throws IOException, InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    ExecutorService second = Executors.newSingleThreadExecutor();
    try {
      while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
        Waits.pause(between(QUIET_MIN_MILLIS, QUIET_MAX_MILLIS));
        if (choice.any() && System.nanoTime() - end < 0) {
          strike(second, time);
        }
      }
    } finally {
      second.shutdownNow();
      heal();
    }
  }

  /** Kinds that found nothing to strike whenever their turn came, and why. */
  public Map<FaultKind, String> notDone() {
    return Map.copyOf(notDone);
  }

  private void strike(ExecutorService second, Duration time)
      throws IOException, InterruptedException {
    FaultKind kind = choice.next();
    Optional<FaultKind> other = random.nextInt(4) == 0 ? choice.nextBeside(kind) : Optional.empty();
    Strike strike = newStrike();
    Strike otherStrike = newStrike();
    Duration delay = between(0, LENGTH_MIN_MILLIS);
    Optional<Future<?>> beside =
        other.map(
            one ->
                second.submit(
                    () -> {
                      Waits.pause(delay);
                      run(one, otherStrike, time);
                      return true;
                    }));
    run(kind, strike, time);
    if (beside.isPresent()) {
      join(beside.get());
    }
    heal();
    if (random.nextBoolean()) {
      cluster.awaitReady(READY_LIMIT);
    }
  }

  private void run(FaultKind kind, Strike strike, Duration time) throws IOException {
    long start = timeline.now();
    try {
      String whom = FaultActions.carryOut(kind, strike, time);
      timeline.fault(kind.word(), whom, start);
      notDone.remove(kind);
    } catch (FaultNotDoneException e) {
      notDone.put(kind, e.getMessage());
    }
  }

  private void heal() throws IOException {
    links.heal();
    cluster.reviveAll();
  }

  private static void join(Future<?> fault) throws IOException, InterruptedException {
    try {
      fault.get();
    } catch (ExecutionException e) {
      throw new IOException("a fault could not be carried out", e.getCause());
    }
  }

  private Strike newStrike() {
    Random own = new Random(random.nextLong());
    return new Strike(cluster, links, own, between(LENGTH_MIN_MILLIS, LENGTH_MAX_MILLIS));
  }

  private Duration between(int min, int max) {
    return Duration.ofMillis(min + random.nextInt(max - min + 1));
  }
}
