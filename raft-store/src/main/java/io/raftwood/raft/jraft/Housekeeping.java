package io.raftwood.raft.jraft;

import io.raftwood.raft.ClusterClock;
import io.raftwood.raft.Command;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.Housekeeper;
import io.raftwood.raft.ReplicaState;
import io.raftwood.storage.TabletClosedException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a replica does by itself now and then: the leader proposes what the state asks for (purges),
 * and every replica takes a snapshot once enough log was applied.
 */
final class Housekeeping {
  private static final Duration PROPOSAL_TIME = Duration.ofSeconds(5);

  private final ReplicaSpec spec;
  private final JRaftGroupSettings settings;
  private final ReplicaState state;
  private final ReplicaRole role;
  private final ClusterClock clock;
  private volatile boolean proposing;

  Housekeeping(
      ReplicaSpec spec,
      JRaftGroupSettings settings,
      ReplicaState state,
      ReplicaRole role,
      ClusterClock clock) {
    this.spec = spec;
    this.settings = settings;
    this.state = state;
    this.role = role;
    this.clock = clock;
  }

  /** One round, on the ticker; does not block. */
  void run(JRaftGroup group) {
    if (role.leaderTerm() >= 0 && !proposing) {
      try {
        propose(group);
      } catch (TabletClosedException e) {
        // A snapshot is being installed, so this replica leads no longer.
      }
    }
    if (role.bytesSinceSnapshot().get() >= settings.snapshotLogBytes()) {
      role.bytesSinceSnapshot().set(0);
      group.node().snapshot(status -> {});
    }
  }

  private void propose(JRaftGroup group) {
    for (Housekeeper keeper : spec.housekeepers()) {
      Optional<Command> command = keeper.next(state.tablet(), clock.stamp());
      if (command.isPresent()) {
        proposing = true;
        group
            .propose(command.get(), Deadline.after(PROPOSAL_TIME))
            .whenComplete((done, failure) -> proposing = false);
        return;
      }
    }
  }
}
