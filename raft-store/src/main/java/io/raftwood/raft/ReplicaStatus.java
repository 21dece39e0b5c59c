package io.raftwood.raft;

import java.util.List;
import java.util.Optional;

/**
 * What one replica knows of its group.
 *
 * @param group the group's name
 * @param role what it is now
 * @param leader the name of the node that leads, if known
 * @param term the current term
 * @param lastLogIndex the last log index on this replica's stable storage
 * @param commitIndex the highest log index known to be committed
 * @param appliedIndex the highest log index applied here
 * @param revision the group's revision after the applied index
 * @param snapshotIndex the log index of the newest snapshot, 0 if none
 * @param voters the voters' peer ids in the configuration last seen
 * @param learners the learners' peer ids in the configuration last seen
 */
public record ReplicaStatus(
    String group,
    Role role,
    Optional<String> leader,
    long term,
    long lastLogIndex,
    long commitIndex,
    long appliedIndex,
    long revision,
    long snapshotIndex,
    List<PeerId> voters,
    List<PeerId> learners) {

  /** What a replica can be. */
  public enum Role {
    /** Accepts proposals. */
    LEADER,
    /** Votes and follows. */
    FOLLOWER,
    /** Asks for votes. */
    CANDIDATE,
    /** Follows without a vote. */
    LEARNER,
    /** Stopped by a fault or being stopped. */
    STOPPED
  }
}
