package io.raftwood.kv;

import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.concurrent.CompletableFuture;

/**
 * The replicated record store as the outside sees it, on any node: requests are routed to the group
 * that owns the key's slot and forwarded to its leader. Thread-safe; no method blocks.
 *
 * <p>Futures complete on the options' executor, and fail with a {@link
 * io.raftwood.raft.ReplicationException} only.
 */
public interface KvStore {
  /** Carries out a command; completes once it is committed on a majority and applied. */
  CompletableFuture<Replicated<KvResult>> execute(KvCommand command, RequestOptions options);

  /** Answers a query with the consistency that the options ask for. */
  CompletableFuture<Replicated<KvResult>> query(KvQuery query, RequestOptions options);
}
