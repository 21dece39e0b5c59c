package io.raftwood.backup;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.RequestOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The port through which items come into groups, wherever they are led. Thread-safe; no method
 * blocks. Futures fail with a {@link io.raftwood.raft.ReplicationException}; every call is safe to
 * repeat, so an unknown outcome is mended by the same call.
 */
public interface RestoreStore {
  /**
   * Begins, or goes on with, restore {@code id}: in all groups or, when one of them is not empty,
   * in some, where it is ended again. Raises revisions and replicated times to the floor.
   *
   * @param revision the highest revision in the backup
   * @param clockMillis the latest replicated time in the backup
   */
  CompletableFuture<RestoreResult> begin(
      Bytes id, long revision, long clockMillis, RequestOptions options);

  /**
   * Puts items, each into the group of its slot.
   *
   * @throws io.raftwood.bytes.MalformedBytesException when something is no item of the family or
   *     the rule is not for it; then nothing is put
   */
  CompletableFuture<RestoreResult> put(
      Bytes id, RestoreRule rule, int family, List<Bytes> items, RequestOptions options);

  /** Ends restore {@code id} in all groups. */
  CompletableFuture<RestoreResult> end(Bytes id, RequestOptions options);
}
