package io.raftwood.kv;

import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * What the answers of several groups say together about how fresh they are. Confined to one walk.
 */
final class Answers {
  private static final long NO_INDEX = -1;

  private String group = "";
  private boolean severalGroups;
  private long appliedIndex = NO_INDEX;
  private boolean stale;

  /** Asks a group, unless the time is over: local reads take no notice of it themselves. */
  CompletableFuture<KvResult> of(
      String asked,
      RequestOptions options,
      Supplier<CompletableFuture<Replicated<KvResult>>> query) {
    if (options.deadline().passed()) {
      return CompletableFuture.failedFuture(
          new GroupUnavailableException("no time left to ask " + asked));
    }
    return query.get().thenApply(answer -> take(asked, answer));
  }

  private KvResult take(String asked, Replicated<KvResult> answer) {
    severalGroups |= !group.isEmpty() && !group.equals(asked);
    group = asked;
    appliedIndex = answer.appliedIndex();
    stale |= answer.stale();
    return answer.value();
  }

  /** {@code value}, stale if any answer was; with the last answer's index if one group answered. */
  <T> Replicated<T> together(T value) {
    return new Replicated<>(value, severalGroups ? NO_INDEX : appliedIndex, stale);
  }
}
