package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.PeerService;
import io.raftwood.raft.Answer;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.Query;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicationException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Predicate;

/**
 * Serves requests that other nodes forward to a replica here. Never forwards further.
 *
 * <p>A query is answered on the network thread that brought it, or, if it waits for a read index,
 * on JRaft's: all requests and acknowledgements of other nodes need these threads. So queries that
 * take long run on an executor of their own, and are refused when that is full.
 */
public final class ForwardService implements PeerService {
  private final LocalReplicas replicas;
  private final Predicate<Query> isLong;
  private final Executor longQueries;

  /**
   * Serves from {@code replicas}.
   *
   * @param isLong whether a query may take milliseconds or more
   * @param longQueries runs these; when full it throws {@link OverloadedException}
   */
  public ForwardService(LocalReplicas replicas, Predicate<Query> isLong, Executor longQueries) {
    this.replicas = replicas;
    this.isLong = isLong;
    this.longQueries = longQueries;
  }

  @Override
  public CompletableFuture<Bytes> serve(Bytes bytes) {
    ForwardRequest request = ForwardRequest.decode(bytes);
    Optional<RaftGroup> replica = replicas.find(request.group());
    if (replica.isEmpty()) {
      return CompletableFuture.completedFuture(
          ForwardReply.encode(new NotLeaderException(request.group(), Optional.empty())));
    }
    Deadline deadline = Deadline.after(Duration.ofMillis(request.timeLeftMillis()));
    return result(replica.get(), request, deadline).handle(ForwardService::reply);
  }

  private CompletableFuture<ForwardReply.Result> result(
      RaftGroup replica, ForwardRequest request, Deadline deadline) {
    if (request instanceof ForwardRequest.Write) {
      return replica
          .propose(((ForwardRequest.Write) request).command(), deadline)
          .thenApply(
              done ->
                  new ForwardReply.Result(
                      done.result(), done.index(), ReadConsistency.LINEARIZABLE));
    }
    ForwardRequest.Read read = (ForwardRequest.Read) request;
    CompletableFuture<Answer> asked =
        isLong.test(read.query())
            ? askApart(replica, read, deadline)
            : replica.query(read.query(), read.consistency(), deadline, Runnable::run);
    return asked.thenApply(
        answer ->
            new ForwardReply.Result(answer.result(), answer.appliedIndex(), answer.consistency()));
  }

  private CompletableFuture<Answer> askApart(
      RaftGroup replica, ForwardRequest.Read read, Deadline deadline) {
    try {
      return CompletableFuture.supplyAsync(() -> ask(replica, read, deadline), longQueries)
          .thenCompose(asked -> asked);
    } catch (OverloadedException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<Answer> ask(
      RaftGroup replica, ForwardRequest.Read read, Deadline deadline) {
    if (deadline.passed()) {
      return CompletableFuture.failedFuture(
          new GroupUnavailableException("waited too long for its turn"));
    }
    return replica.query(read.query(), read.consistency(), deadline, longQueries);
  }

  private static Bytes reply(ForwardReply.Result result, Throwable failure) {
    return failure == null ? ForwardReply.encode(result) : ForwardReply.encode(known(failure));
  }

  /** Whatever else went wrong, the command may have been proposed. */
  static ReplicationException known(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof ReplicationException
        ? (ReplicationException) cause
        : new OutcomeUnknownException(cause.toString());
  }
}
