package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.peer.PeerService;
import io.raftwood.raft.StateHash;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Answers {@code STATE_HASH}: the hashes that this node's replicas took at barriers. */
public final class StateHashService implements PeerService {
  private final Function<String, Optional<HostedReplica>> replicas;

  /**
   * Answers for the replicas of this node.
   *
   * @param replicas this node's replica of a group, by the group's name
   */
  public StateHashService(Function<String, Optional<HostedReplica>> replicas) {
    this.replicas = replicas;
  }

  @Override
  public CompletableFuture<Bytes> serve(Bytes bytes) {
    try {
      StateHashRequest request = StateHashRequest.decode(bytes);
      StateHashReply reply =
          replicas
              .apply(request.group())
              .map(replica -> reply(replica, request))
              .orElse(StateHashReply.without(StateHashReply.State.NOT_HOSTED));
      return CompletableFuture.completedFuture(reply.encode());
    } catch (MalformedBytesException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static StateHashReply reply(HostedReplica replica, StateHashRequest request) {
    // Read before the hash is looked for: a barrier applied in between is then only pending.
    long applied = replica.group().status().appliedIndex();
    Optional<CompletableFuture<StateHash>> hash = replica.stateHash(request.barrier());
    if (hash.isEmpty()) {
      return StateHashReply.without(
          applied < request.index() ? StateHashReply.State.PENDING : StateHashReply.State.SKIPPED);
    }
    if (hash.get().isCompletedExceptionally()) {
      return StateHashReply.without(StateHashReply.State.SKIPPED);
    }
    return hash.get().isDone()
        ? hashed(hash.get().join())
        : StateHashReply.without(StateHashReply.State.PENDING);
  }

  private static StateHashReply hashed(StateHash hash) {
    return new StateHashReply(StateHashReply.State.HASHED, hash.hex(), hash.rows());
  }
}
