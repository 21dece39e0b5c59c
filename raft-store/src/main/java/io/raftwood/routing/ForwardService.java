package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.peer.PeerService;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicationException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Serves requests that other nodes forward to a replica here. Never forwards further. */
public final class ForwardService implements PeerService {
  private final LocalReplicas replicas;

  /** Serves from {@code replicas}. */
  public ForwardService(LocalReplicas replicas) {
    this.replicas = replicas;
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

  private static CompletableFuture<ForwardReply.Result> result(
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
    return replica
        .query(read.query(), read.consistency(), deadline, Runnable::run)
        .thenApply(
            answer ->
                new ForwardReply.Result(
                    answer.result(), answer.appliedIndex(), answer.consistency()));
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
