package io.raftwood.cache;

import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.concurrent.CompletableFuture;

/**
 * The replicated cache as the outside sees it, on any node. Thread-safe; no method blocks.
 *
 * <p>Futures complete on the options' executor, and fail with a {@link
 * io.raftwood.raft.ReplicationException} only.
 */
public interface CacheStore {
  /** Carries out a command; completes once it is in the memory of a majority and applied. */
  CompletableFuture<Replicated<CacheResult>> execute(CacheCommand command, RequestOptions options);

  /** Answers a query with the consistency that the options ask for. */
  CompletableFuture<Replicated<CacheResult>> query(CacheQuery query, RequestOptions options);
}
