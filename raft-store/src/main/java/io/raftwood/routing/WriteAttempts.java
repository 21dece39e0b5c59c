package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Command;
import io.raftwood.raft.DiskFullException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.ReplicationException;
import io.raftwood.raft.RequestOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** A command on its way: never sent again once it may have been proposed. */
final class WriteAttempts extends Attempts {
  private final Command command;

  WriteAttempts(
      RequestRouter router,
      Supplier<Optional<String>> owner,
      Command command,
      RequestOptions options) {
    super(router, owner, options);
    this.command = command;
  }

  @Override
  CompletableFuture<Replicated<Bytes>> askHere(RaftGroup replica) {
    return replica
        .propose(command, options.deadline())
        .thenApply(done -> new Replicated<>(done.result(), done.index(), false));
  }

  @Override
  ForwardRequest forwardRequest(String group) {
    return new ForwardRequest.Write(group, options.deadline().remainingMillis(), command);
  }

  @Override
  Replicated<Bytes> answer(ForwardReply.Result reply) {
    return new Replicated<>(reply.result(), reply.index(), false);
  }

  @Override
  ReplicationException unanswered(String why) {
    return new OutcomeUnknownException(why);
  }

  @Override
  boolean retries(ReplicationException failure) {
    return failure.certainlyNotApplied()
        && !(failure instanceof OverloadedException)
        && !(failure instanceof DiskFullException);
  }

  @Override
  Optional<CompletableFuture<Replicated<Bytes>>> fallback(String group) {
    return Optional.empty();
  }
}
