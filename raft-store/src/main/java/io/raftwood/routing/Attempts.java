package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.peer.NodeAddress;
import io.raftwood.peer.PeerException;
import io.raftwood.peer.PeerMessageKind;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.ReplicationException;
import io.raftwood.raft.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One request on its way: asks the local replica if it leads, else the node that is said to lead,
 * and tries again, a little later each time, while that is safe and of use.
 */
abstract class Attempts {
  private static final long FIRST_PAUSE_MILLIS = 5;
  private static final long LONGEST_PAUSE_MILLIS = 100;

  final RequestRouter router;
  final RequestOptions options;
  private final int slot;
  private final CompletableFuture<Replicated<Bytes>> result = new CompletableFuture<>();
  private long pauseMillis = FIRST_PAUSE_MILLIS;
  private Optional<String> hint = Optional.empty();

  Attempts(RequestRouter router, int slot, RequestOptions options) {
    this.router = router;
    this.slot = slot;
    this.options = options;
  }

  /** Asks this node's replica; fails with {@link NotLeaderException} if it cannot answer. */
  abstract CompletableFuture<Replicated<Bytes>> askHere(RaftGroup replica);

  /** What to send to another node. */
  abstract ForwardRequest forwardRequest(String group);

  /** Makes the answer of another node an answer of ours. */
  abstract Replicated<Bytes> answer(ForwardReply.Result reply);

  /** What a message that may have arrived, but was not answered, means. */
  abstract ReplicationException unanswered(String why);

  /** Whether to go on after {@code failure}. */
  abstract boolean retries(ReplicationException failure);

  /** The last resort when no leader has answered so far; absent while there is hope or none. */
  abstract Optional<CompletableFuture<Replicated<Bytes>>> fallback(String group);

  /** Until when the present attempt may take. */
  Deadline deadline() {
    return options.deadline();
  }

  final CompletableFuture<Replicated<Bytes>> run() {
    attempt();
    return result;
  }

  /** Nothing may be thrown: on the executor nobody would learn of it. */
  private void attempt() {
    try {
      ask();
    } catch (RuntimeException e) {
      result.completeExceptionally(unanswered(e.toString()));
    }
  }

  private void ask() {
    Optional<String> group = router.locator().groupOf(slot);
    if (group.isEmpty()) {
      retry(new GroupUnavailableException("this node does not know the cluster map yet"));
      return;
    }
    Optional<CompletableFuture<Replicated<Bytes>>> fallback = fallback(group.get());
    if (fallback.isPresent()) {
      settle(fallback.get());
      return;
    }
    Optional<RaftGroup> here = router.replicas().find(group.get());
    if (here.isPresent()) {
      CompletableFuture<Replicated<Bytes>> asked = askHere(here.get());
      onceDone(asked, () -> finish(group.get(), asked));
    } else {
      // What a node answered is newer than what reports have told the locator.
      forward(group.get(), hint.or(() -> router.locator().leaderOf(group.get())));
    }
  }

  /** Goes on with {@code next}: at once if {@code asked} is done, else on the executor. */
  private void onceDone(CompletableFuture<?> asked, Runnable next) {
    if (asked.isDone()) {
      next.run();
      return;
    }
    asked
        .handleAsync(
            (done, failed) -> {
              next.run();
              return true;
            },
            options.executor())
        .exceptionally(refused -> result.completeExceptionally(unanswered("stopping: " + refused)));
  }

  /** Takes what the local replica said; {@code asked} is complete. */
  private void finish(String group, CompletableFuture<Replicated<Bytes>> asked) {
    try {
      result.complete(asked.join());
    } catch (CompletionException e) {
      ReplicationException failure = ForwardService.known(e);
      if (failure instanceof NotLeaderException) {
        Optional<String> leader = ((NotLeaderException) failure).leader();
        forward(group, leader.or(() -> hint).or(() -> router.locator().leaderOf(group)));
      } else {
        retryOrFail(failure);
      }
    }
  }

  private void forward(String group, Optional<String> leader) {
    hint = Optional.empty();
    Optional<NodeAddress> address =
        leader
            .filter(name -> !name.equals(router.locator().self()))
            .flatMap(router.locator()::raftAddressOf);
    if (address.isEmpty()) {
      retry(new GroupUnavailableException("no leader of " + group + " is known"));
      return;
    }
    CompletableFuture<Replicated<Bytes>> sent =
        send(group, address.get(), Duration.ofMillis(deadline().remainingMillis()));
    onceDone(sent, () -> sent.whenComplete(this::forwarded));
  }

  /** Asks the node at {@code address}; fails with a {@link ReplicationException}. */
  final CompletableFuture<Replicated<Bytes>> send(
      String group, NodeAddress address, Duration timeout) {
    return router
        .transport()
        .call(address, PeerMessageKind.FORWARD, forwardRequest(group).encode(), timeout)
        .handle(
            (bytes, failure) -> {
              if (failure != null) {
                throw transportFailure(group, failure);
              }
              return answer(decode(group, bytes));
            });
  }

  private ForwardReply.Result decode(String group, Bytes bytes) {
    try {
      return ForwardReply.decode(group, bytes);
    } catch (MalformedBytesException e) {
      throw unanswered(e.getMessage());
    }
  }

  private ReplicationException transportFailure(String group, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    boolean maybe = !(cause instanceof PeerException) || ((PeerException) cause).maybeDelivered();
    String why = String.valueOf(cause.getMessage());
    return maybe ? unanswered(why) : new GroupUnavailableException(group + ": " + why);
  }

  private void forwarded(Replicated<Bytes> answer, Throwable failure) {
    if (failure == null) {
      result.complete(answer);
      return;
    }
    ReplicationException known = ForwardService.known(failure);
    if (known instanceof NotLeaderException) {
      hint = ((NotLeaderException) known).leader();
    }
    retryOrFail(known);
  }

  private void retryOrFail(ReplicationException failure) {
    if (retries(failure)) {
      retry(failure);
    } else {
      result.completeExceptionally(failure);
    }
  }

  private void retry(ReplicationException failure) {
    if (options.deadline().remainingMillis() <= pauseMillis) {
      result.completeExceptionally(new GroupUnavailableException(failure.getMessage()));
      return;
    }
    long pause = pauseMillis;
    pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    unlessStopping(
        () ->
            router
                .timer()
                .schedule(
                    () -> unlessStopping(() -> options.executor().execute(this::attempt)),
                    pause,
                    TimeUnit.MILLISECONDS));
  }

  private void unlessStopping(Runnable handOver) {
    try {
      handOver.run();
    } catch (RejectedExecutionException e) {
      result.completeExceptionally(new GroupUnavailableException("the node is stopping"));
    }
  }

  private void settle(CompletableFuture<Replicated<Bytes>> last) {
    onceDone(
        last,
        () ->
            last.whenComplete(
                (answer, failure) -> {
                  if (failure == null) {
                    result.complete(answer);
                  } else {
                    result.completeExceptionally(ForwardService.known(failure));
                  }
                }));
  }
}
