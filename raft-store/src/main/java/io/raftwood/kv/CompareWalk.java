package io.raftwood.kv;

import io.raftwood.kv.Comparison.Agreed;
import io.raftwood.kv.Comparison.Copy;
import io.raftwood.kv.Comparison.Diverged;
import io.raftwood.kv.KvResult.Observed;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * One comparison under way. The first replica answers at a read index; the second as it stands, and
 * again at a read index of its own if it is behind the first one's state. While one of the two has
 * not seen the other's last write it is asked again, a few times: a record that is written without
 * pause is never seen equal, and need not be.
 */
final class CompareWalk {
  private static final int READS_AGAIN = 3;
  private static final long FIRST_PAUSE_MILLIS = 20;
  private static final long LONGEST_PAUSE_MILLIS = 200;

  private final KvGroups groups;
  private final KvGroups.Group group;
  private final KvQuery query;
  private final RequestOptions options;
  private long pauseMillis = FIRST_PAUSE_MILLIS;

  CompareWalk(KvGroups groups, KvGroups.Group group, RecordId id, RequestOptions options) {
    this.groups = groups;
    this.group = group;
    this.query = new KvQuery.Observe(id);
    this.options = options;
  }

  /**
   * What was found.
   *
   * @param settled whether both replicas were seen to hold the same
   */
  record Finding(Comparison comparison, boolean settled) {}

  /** Compares; tries again until the deadline while no two replicas answer. */
  CompletableFuture<Finding> run() {
    return gather(0, List.of())
        .thenCompose(copies -> settle(copies.get(0), copies.get(1), READS_AGAIN))
        .exceptionallyCompose(this::again);
  }

  private CompletableFuture<Finding> again(Throwable failure) {
    if (options.deadline().remainingMillis() <= pauseMillis) {
      return CompletableFuture.failedFuture(failure);
    }
    Executor later =
        CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS, options.executor());
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    return CompletableFuture.supplyAsync(this::run, later).thenCompose(run -> run);
  }

  /** Two copies, asked for from the replica at {@code at} on. */
  private CompletableFuture<List<Copy>> gather(int at, List<Copy> copies) {
    if (copies.size() == 2) {
      return CompletableFuture.completedFuture(copies);
    }
    if (at == group.hosts().size()) {
      boolean alone = at == 1 && copies.size() == 1;
      return alone
          ? gather(at, with(copies, copies.get(0)))
          : CompletableFuture.failedFuture(
              new GroupUnavailableException(group.name() + ": no two replicas answer"));
    }
    return copyOf(at, copies)
        .handle((copy, failure) -> gather(at + 1, failure == null ? with(copies, copy) : copies))
        .thenCompose(gathered -> gathered);
  }

  private CompletableFuture<Copy> copyOf(int at, List<Copy> copies) {
    String node = group.hosts().get(at);
    // Each has its share of the time: the first may be the one that does not answer.
    long millis = options.deadline().remainingMillis() / (group.hosts().size() - at);
    Deadline share = Deadline.after(Duration.ofMillis(millis));
    if (copies.isEmpty()) {
      return observe(node, ReadConsistency.LINEARIZABLE, share);
    }
    long least = copies.get(0).observed().index();
    return observe(node, ReadConsistency.LOCAL, share)
        .thenCompose(
            copy ->
                copy.observed().index() >= least
                    ? CompletableFuture.completedFuture(copy)
                    : observe(node, ReadConsistency.LINEARIZABLE, share));
  }

  private CompletableFuture<Copy> observe(
      String node, ReadConsistency consistency, Deadline deadline) {
    if (deadline.passed()) {
      return CompletableFuture.failedFuture(
          new GroupUnavailableException("no time left to ask " + node));
    }
    RequestOptions asked =
        new RequestOptions(consistency, false, deadline, Optional.empty(), options.executor());
    return groups
        .queryReplica(node, group.name(), query, asked)
        .thenApply(answer -> new Copy(node, (Observed) answer.value()));
  }

  private CompletableFuture<Finding> settle(Copy first, Copy second, int readsLeft) {
    switch (CompareVerdict.of(first.observed(), second.observed())) {
      case AGREED:
        return CompletableFuture.completedFuture(new Finding(newer(first, second), true));
      case DIVERGED:
        return CompletableFuture.completedFuture(
            new Finding(new Diverged(group.name(), first, second), false));
      case FIRST_BEHIND:
        return readAgain(first, second, readsLeft, (copy) -> settle(copy, second, readsLeft - 1));
      default:
        return readAgain(second, first, readsLeft, (copy) -> settle(first, copy, readsLeft - 1));
    }
  }

  /** A replica that does not answer a second time leaves the newer copy, which is an answer. */
  private CompletableFuture<Finding> readAgain(Copy behind, Copy ahead, int readsLeft, Next goOn) {
    Finding unsettled = new Finding(newer(ahead, behind), false);
    if (readsLeft == 0) {
      return CompletableFuture.completedFuture(unsettled);
    }
    Deadline half =
        Deadline.after(Duration.ofNanos(Math.max(0, options.deadline().remainingNanos() / 2)));
    return observe(behind.node(), ReadConsistency.LINEARIZABLE, half)
        .handle(
            (copy, failure) ->
                failure == null ? goOn.with(copy) : CompletableFuture.completedFuture(unsettled))
        .thenCompose(found -> found);
  }

  /** How to go on with a copy that was read again. */
  @FunctionalInterface
  private interface Next {
    CompletableFuture<Finding> with(Copy copy);
  }

  private static Agreed newer(Copy one, Copy other) {
    Observed newer =
        one.observed().index() >= other.observed().index() ? one.observed() : other.observed();
    return new Agreed(newer.record(), newer.index());
  }

  private static List<Copy> with(List<Copy> copies, Copy copy) {
    List<Copy> more = new ArrayList<>(copies);
    more.add(copy);
    return more;
  }
}
