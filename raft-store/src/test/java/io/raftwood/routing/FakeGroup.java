package io.raftwood.routing;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Answer;
import io.raftwood.raft.Command;
import io.raftwood.raft.Committed;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.Query;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicationException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Function;

/** A replica that does what the test says. */
final class FakeGroup implements RaftGroup {
  static final String NAME = "data-0";
  static final Bytes RESULT = Bytes.utf8("result");

  /** The consistency of each query so far. */
  final List<ReadConsistency> queries = new CopyOnWriteArrayList<>();

  /** The deadline of each request so far. */
  final List<Deadline> deadlines = new CopyOnWriteArrayList<>();

  /** The executor of each query so far. */
  final List<Executor> executors = new CopyOnWriteArrayList<>();

  /** The commands proposed so far. */
  final List<Command> proposed = new CopyOnWriteArrayList<>();

  volatile Function<Integer, CompletableFuture<Committed>> onPropose =
      attempt -> CompletableFuture.completedFuture(new Committed(RESULT, 7));
  volatile Function<ReadConsistency, CompletableFuture<Answer>> onQuery =
      consistency -> CompletableFuture.completedFuture(new Answer(RESULT, 7, consistency));

  /** Proposals fail so for the first {@code times}, then succeed. */
  void failsToPropose(int times, ReplicationException failure) {
    onPropose =
        attempt ->
            attempt <= times
                ? CompletableFuture.failedFuture(failure)
                : CompletableFuture.completedFuture(new Committed(RESULT, 7));
  }

  @Override
  public String group() {
    return NAME;
  }

  @Override
  public CompletableFuture<Committed> propose(Command command, Deadline deadline) {
    proposed.add(command);
    deadlines.add(deadline);
    return onPropose.apply(proposed.size());
  }

  @Override
  public CompletableFuture<Answer> query(
      Query query, ReadConsistency consistency, Deadline deadline, Executor executor) {
    queries.add(consistency);
    executors.add(executor);
    deadlines.add(deadline);
    return onQuery.apply(consistency);
  }

  @Override
  public ReplicaStatus status() {
    return new ReplicaStatus(
        NAME,
        ReplicaStatus.Role.FOLLOWER,
        Optional.empty(),
        1,
        7,
        7,
        7,
        7,
        0,
        List.of(),
        List.of());
  }
}
