package io.raftwood.peer;

import io.raftwood.bytes.Bytes;
import java.util.concurrent.CompletableFuture;

/**
 * Serves one kind of message. Called on a network thread; must not block. A future that fails
 * reaches the caller as a {@link PeerException} with {@code delivered = true} and the failure's
 * message.
 */
@FunctionalInterface
public interface PeerService {
  /** Answers {@code request}. */
  CompletableFuture<Bytes> serve(Bytes request);
}
