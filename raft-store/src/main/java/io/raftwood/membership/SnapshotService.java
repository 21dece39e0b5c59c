package io.raftwood.membership;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.peer.PeerService;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/** Answers {@code TAKE_SNAPSHOT}: has a replica of this node take a snapshot. */
public final class SnapshotService implements PeerService {
  private final Supplier<Optional<String>> clusterId;
  private final Function<String, Optional<HostedReplica>> replicas;

  /**
   * Serves the cluster {@code clusterId}.
   *
   * @param replicas this node's replica of a group, by the group's name
   */
  public SnapshotService(
      Supplier<Optional<String>> clusterId, Function<String, Optional<HostedReplica>> replicas) {
    this.clusterId = clusterId;
    this.replicas = replicas;
  }

  @Override
  public CompletableFuture<Bytes> serve(Bytes bytes) {
    try {
      return take(SnapshotRequest.decode(bytes)).thenApply(MembershipStepReply::encode);
    } catch (MalformedBytesException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<MembershipStepReply> take(SnapshotRequest request) {
    Optional<HostedReplica> replica = replicas.apply(request.group());
    if (replica.isEmpty() || !clusterId.get().equals(Optional.of(request.clusterId()))) {
      return CompletableFuture.completedFuture(
          new MembershipStepReply(false, "no replica of " + request.group() + " runs here"));
    }
    return MembershipStepReply.to(replica.get().control().snapshot());
  }
}
