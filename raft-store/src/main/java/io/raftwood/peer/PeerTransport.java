package io.raftwood.peer;

import io.raftwood.bytes.Bytes;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks other nodes. Thread-safe; no method blocks.
 *
 * <p>Futures complete on a network thread and fail with a {@link PeerException} only.
 */
public interface PeerTransport {
  /**
   * Sends {@code request} of the given kind to the node at {@code address} and completes with its
   * answer. A request to this node's own address is served without the network.
   */
  CompletableFuture<Bytes> call(
      NodeAddress address, PeerMessageKind kind, Bytes request, Duration timeout);
}
