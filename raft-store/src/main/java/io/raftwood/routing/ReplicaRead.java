package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Query;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.ReplicationException;
import io.raftwood.raft.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A query for what one node's replica holds: asked of that node, once, and of no other. Whoever
 * names a node wants to know about this node, not about the group.
 */
record ReplicaRead(
    RequestRouter router, String node, String group, Query query, RequestOptions options) {
  CompletableFuture<Replicated<Bytes>> run() {
    try {
      return node.equals(router.locator().self()) ? here() : there();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(unavailable(e.toString()));
    }
  }

  private CompletableFuture<Replicated<Bytes>> here() {
    Optional<RaftGroup> replica = router.replicas().find(group);
    if (replica.isEmpty()) {
      return CompletableFuture.failedFuture(unavailable("no replica runs here"));
    }
    return replica
        .get()
        .query(query, consistency(), options.deadline(), options.executor())
        .thenApply(answer -> new Replicated<>(answer.result(), answer.appliedIndex(), false));
  }

  /** A lease is the leader's, and it is not the leader that is asked. */
  private ReadConsistency consistency() {
    return options.consistency() == ReadConsistency.LINEARIZABLE
        ? ReadConsistency.LINEARIZABLE
        : ReadConsistency.LOCAL;
  }

  private CompletableFuture<Replicated<Bytes>> there() {
    Optional<NodeAddress> address = router.locator().raftAddressOf(node);
    if (address.isEmpty()) {
      return CompletableFuture.failedFuture(unavailable("no such node"));
    }
    long timeLeft = options.deadline().remainingMillis();
    Bytes request = new ForwardRequest.Read(group, timeLeft, consistency(), query).encode();
    CompletableFuture<Bytes> sent =
        router
            .transport()
            .call(address.get(), PeerMessageKind.FORWARD, request, Duration.ofMillis(timeLeft));
    return sent.isDone()
        ? sent.handle(this::answer)
        : sent.handleAsync(this::answer, options.executor());
  }

  private Replicated<Bytes> answer(Bytes bytes, Throwable failure) {
    if (failure != null) {
      throw unavailable(reason(failure));
    }
    try {
      ForwardReply.Result result = ForwardReply.decode(group, bytes);
      return new Replicated<>(result.result(), result.index(), false);
    } catch (OverloadedException e) {
      throw e;
    } catch (RuntimeException e) {
      // A replica that does not run, a node that stops, a reply that is none: all one to the asker.
      throw unavailable(String.valueOf(e.getMessage()));
    }
  }

  private static String reason(Throwable failure) {
    boolean wrapped = failure instanceof CompletionException && failure.getCause() != null;
    return String.valueOf((wrapped ? failure.getCause() : failure).getMessage());
  }

  private ReplicationException unavailable(String why) {
    return new GroupUnavailableException(group + " on " + node + ": " + why);
  }
}
