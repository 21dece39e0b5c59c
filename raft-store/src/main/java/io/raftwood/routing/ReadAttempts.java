package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Query;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.ReplicationException;
import io.raftwood.raft.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A query on its way: safe to repeat until its deadline. */
final class ReadAttempts extends Attempts {
  private final Query query;
  private final long staleAtNanos;
  private ReadConsistency consistency;

  ReadAttempts(RequestRouter router, int slot, Query query, RequestOptions options) {
    super(router, slot, options);
    this.query = query;
    this.consistency = options.consistency();
    this.staleAtNanos = System.nanoTime() + router.staleAfterNanos();
  }

  @Override
  CompletableFuture<Replicated<Bytes>> askHere(RaftGroup replica) {
    return replica
        .query(query, consistency, deadline(), options.executor())
        .thenApply(answer -> new Replicated<>(answer.result(), answer.appliedIndex(), isStale()));
  }

  @Override
  ForwardRequest forwardRequest(String group) {
    return new ForwardRequest.Read(group, deadline().remainingMillis(), consistency, query);
  }

  /** A leader that is asked and does not answer must not use up the time for the last resort. */
  @Override
  Deadline deadline() {
    Deadline last = options.deadline();
    boolean fallsBack = options.staleFallback() && consistency == ReadConsistency.LEASE;
    return fallsBack && staleAtNanos - last.nanoTime() < 0 ? new Deadline(staleAtNanos) : last;
  }

  @Override
  Replicated<Bytes> answer(ForwardReply.Result reply) {
    return new Replicated<>(reply.result(), reply.index(), isStale());
  }

  private boolean isStale() {
    return consistency == ReadConsistency.LOCAL && options.consistency() != ReadConsistency.LOCAL;
  }

  @Override
  ReplicationException unanswered(String why) {
    return new GroupUnavailableException(why);
  }

  @Override
  boolean retries(ReplicationException failure) {
    return !(failure instanceof OverloadedException);
  }

  /** A local read needs no leader: from here if there is a replica, else from any other host. */
  @Override
  Optional<CompletableFuture<Replicated<Bytes>>> fallback(String group) {
    boolean late = options.staleFallback() && System.nanoTime() - staleAtNanos >= 0;
    if (options.consistency() == ReadConsistency.LEASE && late) {
      consistency = ReadConsistency.LOCAL;
    }
    if (consistency != ReadConsistency.LOCAL) {
      return Optional.empty();
    }
    Optional<RaftGroup> here = router.replicas().find(group);
    if (here.isPresent()) {
      return Optional.of(askHere(here.get()));
    }
    CompletableFuture<Replicated<Bytes>> answer =
        CompletableFuture.failedFuture(
            new GroupUnavailableException("no replica of " + group + " answers"));
    List<NodeAddress> hosts =
        router.locator().hostsOf(group).stream()
            .flatMap(host -> router.locator().raftAddressOf(host).stream())
            .toList();
    for (int i = 0; i < hosts.size(); i++) {
      NodeAddress host = hosts.get(i);
      int left = hosts.size() - i;
      answer = answer.exceptionallyCompose(failed -> send(group, host, share(left)));
    }
    return Optional.of(answer);
  }

  /** Each host has its share of the time: the first may be the one that does not answer. */
  private Duration share(int hostsLeft) {
    return Duration.ofMillis(options.deadline().remainingMillis() / hostsLeft);
  }
}
