package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What travels beside a request.
 *
 * @param consistency asked of a read; ignored by writes
 * @param staleFallback whether a {@link ReadConsistency#LEASE} read may be answered from any
 *     replica (marked stale) when no leader answers in time
 * @param deadline when the answer is no longer of use
 * @param idempotencyKey of a write, see {@link Command#idempotencyKey}
 * @param executor where the future completes and deferred reads run; must not block
 * @param bundle what the request travels with; it does not leave before {@link Bundle#send}
 */
public record RequestOptions(
    ReadConsistency consistency,
    boolean staleFallback,
    Deadline deadline,
    Optional<Bytes> idempotencyKey,
    Executor executor,
    Optional<Bundle> bundle) {
  /** Options of a request that travels alone. */
  public RequestOptions(
      ReadConsistency consistency,
      boolean staleFallback,
      Deadline deadline,
      Optional<Bytes> idempotencyKey,
      Executor executor) {
    this(consistency, staleFallback, deadline, idempotencyKey, executor, Optional.empty());
  }

  /** These options for a request that travels alone. */
  public RequestOptions alone() {
    return new RequestOptions(consistency, staleFallback, deadline, idempotencyKey, executor);
  }
}
