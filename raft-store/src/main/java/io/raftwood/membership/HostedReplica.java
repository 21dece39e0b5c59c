package io.raftwood.membership;

import io.raftwood.raft.GroupControl;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.StateHash;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A replica on this node, with all that membership asks of it. Thread-safe. */
public interface HostedReplica {
  /** Its log and state. */
  RaftGroup group();

  /** Changes of its group's configuration and leadership. */
  GroupControl control();

  /**
   * The hash taken at the barrier with this id, done or under way; absent if the replica has not
   * applied the barrier, has skipped it by a snapshot, or has forgotten it.
   */
  Optional<CompletableFuture<StateHash>> stateHash(long barrier);
}
