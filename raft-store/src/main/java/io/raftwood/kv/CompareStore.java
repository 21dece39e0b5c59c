package io.raftwood.kv;

import io.raftwood.raft.RequestOptions;
import java.util.concurrent.CompletableFuture;

/** Compares copies of a record. Thread-safe; no method blocks. */
@FunctionalInterface
public interface CompareStore {
  /**
   * Compares the record on the first two replicas of its group in preference order (hustdb's
   * master1 and master2); one that does not answer in time is replaced by the next. A replica that
   * is merely ahead is no difference. In a group of one replica there is nothing to differ.
   *
   * <p>The options' consistency is ignored: both copies include every write acknowledged before.
   * Fails with {@link io.raftwood.raft.GroupUnavailableException} when no two replicas answer
   * before the deadline.
   */
  CompletableFuture<Comparison> compare(RecordId id, RequestOptions options);
}
