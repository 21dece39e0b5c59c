package io.raftwood.membership;

import io.raftwood.raft.Deadline;
import java.util.concurrent.CompletableFuture;

/** Proposes barriers from any node. Thread-safe; does not block. */
@FunctionalInterface
public interface BarrierPort {
  /**
   * Proposes a barrier to {@code group}'s leader; completes with its log index once it is applied
   * there. Fails with a {@link io.raftwood.raft.ReplicationException}.
   */
  CompletableFuture<Long> barrier(String group, long id, Deadline deadline);
}
