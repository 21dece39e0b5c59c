package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerException;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Sends cluster commands to the meta group's leader, wherever it is. Each attempt asks one node:
 * the leader that the last reply named, else the next in turn; the caller repeats. Thread-safe.
 */
public final class ClusterCommands {
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private final PeerTransport transport;
  private final Supplier<Map<String, NodeAddress>> nodes;
  private Optional<String> hint = Optional.empty();
  private int turn;

  /** Asks the nodes that {@code nodes} lists, by name, at their Raft addresses; never empty. */
  public ClusterCommands(PeerTransport transport, Supplier<Map<String, NodeAddress>> nodes) {
    this.transport = transport;
    this.nodes = nodes;
  }

  /**
   * Tries once. The future does not fail: what kept a node from answering is a {@link
   * ClusterCommandReply.Failed}.
   */
  public CompletableFuture<ClusterCommandReply> attempt(
      String clusterId, ClusterCommand command, Optional<Bytes> idempotencyKey) {
    Bytes request = new ClusterCommandRequest(clusterId, idempotencyKey, command).encode();
    return transport
        .call(target(), PeerMessageKind.CLUSTER_COMMAND, request, TIMEOUT)
        .thenApply(ClusterCommandReply.Codec::decode)
        .exceptionally(ClusterCommands::unanswered)
        .thenApply(this::remember);
  }

  private synchronized NodeAddress target() {
    Map<String, NodeAddress> known = nodes.get();
    Optional<NodeAddress> hinted = hint.map(known::get);
    hint = Optional.empty();
    if (hinted.isPresent()) {
      return hinted.get();
    }
    List<NodeAddress> all = List.copyOf(known.values());
    turn = (turn + 1) % all.size();
    return all.get(turn);
  }

  private synchronized ClusterCommandReply remember(ClusterCommandReply reply) {
    if (reply instanceof ClusterCommandReply.Elsewhere elsewhere) {
      hint = elsewhere.leader();
    }
    return reply;
  }

  private static ClusterCommandReply unanswered(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof MalformedBytesException) {
      return new ClusterCommandReply.Failed("undecodable answer: " + cause.getMessage(), false);
    }
    boolean harmless = cause instanceof PeerException unsent && !unsent.maybeDelivered();
    return new ClusterCommandReply.Failed(String.valueOf(cause.getMessage()), harmless);
  }
}
