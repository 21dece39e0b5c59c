package io.raftwood.raft;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * This node's replica of one group: the port through which commands enter the log and queries reach
 * applied state. Thread-safe; no method blocks.
 *
 * <p>Futures fail with a {@link ReplicationException} only.
 */
public interface RaftGroup {
  /** The group's name. */
  String group();

  /**
   * Proposes a command. The future completes, on the apply thread, once the command is committed
   * and applied here; do nothing slow in it.
   *
   * <p>Fails with {@link NotLeaderException}, {@link OverloadedException}, {@link
   * DiskFullException} (nothing was proposed) or {@link OutcomeUnknownException} (it was; also when
   * the deadline passes after that).
   */
  CompletableFuture<Committed> propose(Command command, Deadline deadline);

  /**
   * Answers a query. With {@link ReadConsistency#LOCAL}, and with {@code LEASE} while the lease
   * holds, the future is complete on return (answered on the calling thread); else the query runs
   * on {@code executor} once a read index is reached.
   *
   * <p>Only the leader serves {@code LEASE}: others fail with {@link NotLeaderException}. Any voter
   * serves {@code LINEARIZABLE}. Fails with {@link GroupUnavailableException} when no quorum
   * answers before the deadline.
   */
  CompletableFuture<Answer> query(
      Query query, ReadConsistency consistency, Deadline deadline, Executor executor);

  /** What this replica knows of its group now. */
  ReplicaStatus status();
}
