package io.raftwood.membership;

import io.raftwood.admin.GroupCheck;
import io.raftwood.admin.GroupCheck.ReplicaHash;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.peer.PeerTransport;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Compares the replicas of every group by the hashes that they take at one barrier: what stands
 * behind {@link io.raftwood.admin.ClusterAdmin#check}. Thread-safe; does not block.
 */
public final class HashCheck {
  private static final String SKIPPED = "retry: the replica went past the barrier by a snapshot";
  private static final int BARRIERS_MAX = 3;
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);
  private static final Duration ASK_TIMEOUT = Duration.ofSeconds(2);

  private final ClusterDirectory directory;
  private final BarrierPort barriers;
  private final PeerTransport transport;
  private final ScheduledExecutorService scheduler;
  private final LongSupplier ids;

  /**
   * Checks the cluster of {@code directory}.
   *
   * @param ids barrier ids, each different from all others of all nodes: random ones
   */
  public HashCheck(
      ClusterDirectory directory,
      BarrierPort barriers,
      PeerTransport transport,
      ScheduledExecutorService scheduler,
      LongSupplier ids) {
    this.directory = directory;
    this.barriers = barriers;
    this.transport = transport;
    this.scheduler = scheduler;
    this.ids = ids;
  }

  /**
   * Checks all groups. A replica that cannot be reached, or does not answer before the deadline, is
   * reported without hash. Fails with a {@link io.raftwood.raft.ReplicationException} when a group
   * takes no barrier.
   */
  public CompletableFuture<List<GroupCheck>> check(Deadline deadline) {
    Optional<ClusterMap> map = directory.map();
    if (map.isEmpty()) {
      return CompletableFuture.failedFuture(
          new GroupUnavailableException("this node knows no cluster map yet"));
    }
    CompletableFuture<List<GroupCheck>> all = CompletableFuture.completedFuture(List.of());
    for (GroupRecord group : map.get().begunGroups()) {
      // All at once: one slow replica must not use up the other groups' time.
      all = all.thenCombine(check(map.get(), group, deadline, 1), HashCheck::append);
    }
    return all;
  }

  private CompletableFuture<GroupCheck> check(
      ClusterMap map, GroupRecord group, Deadline deadline, int attempt) {
    long id = ids.getAsLong();
    return barriers
        .barrier(group.name(), id, deadline)
        .thenCompose(
            index -> hashes(map, group, new StateHashRequest(group.name(), id, index), deadline))
        .thenCompose(
            check -> {
              boolean again =
                  check.replicas().stream().anyMatch(HashCheck::skipped)
                      && attempt < BARRIERS_MAX
                      && !deadline.passed();
              return again
                  ? check(map, group, deadline, attempt + 1)
                  : CompletableFuture.completedFuture(check);
            });
  }

  private CompletableFuture<GroupCheck> hashes(
      ClusterMap map, GroupRecord group, StateHashRequest request, Deadline deadline) {
    CompletableFuture<List<ReplicaHash>> all = CompletableFuture.completedFuture(List.of());
    List<NodeRecord> nodes =
        Stream.concat(group.voters().stream(), group.learners().stream())
            .filter(name -> map.peerOf(group.name(), name).isPresent())
            .map(map::node)
            .flatMap(Optional::stream)
            .toList();
    for (NodeRecord node : nodes) {
      // Started here, for all nodes at once; only gathered one after the other.
      CompletableFuture<ReplicaHash> one = new CompletableFuture<>();
      ask(node, request, deadline, one);
      all = all.thenCombine(one, HashCheck::append);
    }
    return all.thenApply(replicas -> new GroupCheck(group.name(), request.index(), replicas));
  }

  private void ask(
      NodeRecord node,
      StateHashRequest request,
      Deadline deadline,
      CompletableFuture<ReplicaHash> done) {
    transport
        .call(node.raft(), PeerMessageKind.STATE_HASH, request.encode(), ASK_TIMEOUT)
        .thenApply(StateHashReply::decode)
        .whenComplete(
            (reply, failure) -> {
              if (failure != null) {
                done.complete(without(node, "unreachable"));
              } else if (reply.state() != StateHashReply.State.PENDING) {
                done.complete(result(node, reply));
              } else if (deadline.passed()) {
                done.complete(without(node, "retry: not hashed before the deadline"));
              } else {
                askLater(node, request, deadline, done);
              }
            });
  }

  private void askLater(
      NodeRecord node,
      StateHashRequest request,
      Deadline deadline,
      CompletableFuture<ReplicaHash> done) {
    var unused =
        scheduler.schedule(
            () -> ask(node, request, deadline, done), ASK_AGAIN.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ReplicaHash result(NodeRecord node, StateHashReply reply) {
    switch (reply.state()) {
      case HASHED:
        return new ReplicaHash(node.name(), Optional.of(reply.hash()), reply.rows(), "");
      case NOT_HOSTED:
        return without(node, "retry: the replica does not run yet");
      default:
        return without(node, SKIPPED);
    }
  }

  private static boolean skipped(ReplicaHash replica) {
    return replica.detail().equals(SKIPPED);
  }

  private static ReplicaHash without(NodeRecord node, String detail) {
    return new ReplicaHash(node.name(), Optional.empty(), 0, detail);
  }

  private static <T> List<T> append(List<T> list, T item) {
    List<T> longer = new ArrayList<>(list);
    longer.add(item);
    return List.copyOf(longer);
  }
}
