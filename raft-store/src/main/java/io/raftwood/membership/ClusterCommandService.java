package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.ClusterResultCodec;
import io.raftwood.peer.PeerService;
import io.raftwood.raft.Committed;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicationException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Proposes the commands of {@code CLUSTER_COMMAND} messages, if this node leads the meta group. */
public final class ClusterCommandService implements PeerService {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final Supplier<Optional<String>> clusterId;
  private final Supplier<Optional<RaftGroup>> meta;

  /**
   * Serves the cluster {@code clusterId} through this node's replica of the meta group.
   *
   * @param clusterId absent before this node belongs to one
   * @param meta absent before the replica runs
   */
  public ClusterCommandService(
      Supplier<Optional<String>> clusterId, Supplier<Optional<RaftGroup>> meta) {
    this.clusterId = clusterId;
    this.meta = meta;
  }

  @Override
  public CompletableFuture<Bytes> serve(Bytes request) {
    try {
      return handle(ClusterCommandRequest.decode(request))
          .thenApply(ClusterCommandReply.Codec::encode);
    } catch (MalformedBytesException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<ClusterCommandReply> handle(ClusterCommandRequest request) {
    Optional<RaftGroup> group = meta.get();
    Optional<String> own = clusterId.get();
    if (group.isEmpty() || own.isEmpty()) {
      return CompletableFuture.completedFuture(
          new ClusterCommandReply.Elsewhere(Optional.empty()));
    }
    if (!own.get().equals(request.clusterId())) {
      return CompletableFuture.completedFuture(
          new ClusterCommandReply.Failed("this node belongs to cluster " + own.get(), true));
    }
    return group
        .get()
        .propose(
            ClusterMachine.command(request.command(), request.idempotencyKey()),
            Deadline.after(TIMEOUT))
        .<ClusterCommandReply>thenApply(committed -> decided(group.get(), committed))
        .exceptionally(ClusterCommandService::failed);
  }

  private static ClusterCommandReply decided(RaftGroup group, Committed committed) {
    // Applied here before the future completed, so a local read sees it, without waiting.
    CompletableFuture<Optional<ClusterMap>> map =
        group
            .query(
                ClusterMachine.mapQuery(),
                ReadConsistency.LOCAL,
                Deadline.after(TIMEOUT),
                Runnable::run)
            .thenApply(answer -> ClusterMachine.decodeAnswer(answer.result()))
            .exceptionally(e -> Optional.empty());
    return new ClusterCommandReply.Decided(
        ClusterResultCodec.decode(committed.result()), map.getNow(Optional.empty()));
  }

  private static ClusterCommandReply failed(Throwable thrown) {
    Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    if (cause instanceof NotLeaderException notLeader) {
      return new ClusterCommandReply.Elsewhere(notLeader.leader());
    }
    boolean harmless =
        cause instanceof ReplicationException refused && refused.certainlyNotApplied();
    return new ClusterCommandReply.Failed(String.valueOf(cause.getMessage()), harmless);
  }
}
