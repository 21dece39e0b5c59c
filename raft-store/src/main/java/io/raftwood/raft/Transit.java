package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import java.util.concurrent.CompletableFuture;

/**
 * Brings encoded commands and queries to the group that owns a slot (see {@code routing}).
 * Thread-safe; no method blocks. Futures fail with a {@link ReplicationException} only.
 */
public interface Transit {
  /** Carries out an encoded command of {@code family} in the group that owns {@code slot}. */
  CompletableFuture<Replicated<Bytes>> write(
      int slot, int family, Bytes command, RequestOptions options);

  /** Answers a query in the group that owns {@code slot}. */
  CompletableFuture<Replicated<Bytes>> read(int slot, Query query, RequestOptions options);
}
