package io.raftwood.raft;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Changes of a group's configuration and leadership, on the replica that leads it. Thread-safe; no
 * method blocks. Futures fail with {@link NotLeaderException} elsewhere, else with {@link
 * GroupUnavailableException} naming the reason (busy with another change, peer did not catch up).
 * Each is safe to repeat.
 */
public interface GroupControl {
  /** Adds a replica that follows without a vote. */
  CompletableFuture<Void> addLearner(PeerId peer);

  /** Removes a learner. */
  CompletableFuture<Void> removeLearner(PeerId peer);

  /**
   * Makes {@code voters} the voters in one joint change. New ones must have caught up as learners;
   * a learner among them stops being one.
   */
  CompletableFuture<Void> changeVoters(List<PeerId> voters);

  /** Hands leadership to {@code peer}, a voter; completes when the transfer has begun. */
  CompletableFuture<Void> transferLeadership(PeerId peer);

  /**
   * Makes this replica the only voter of its group, whatever the others have, and without asking
   * them: <b>unsafe</b>. Entries that only the others have are lost, and should these come back,
   * the group has two leaders. Only for a majority that is lost for good, on the replica with the
   * longest log that is left. Completes when this replica's configuration is changed; it becomes
   * the leader within a few election timeouts.
   */
  CompletableFuture<Void> voteAlone();

  /** Takes a snapshot now; on any replica. Completes with it. */
  CompletableFuture<Void> snapshot();
}
