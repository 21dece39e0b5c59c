package io.raftwood.raft.jraft;

import com.alipay.sofa.jraft.Status;
import com.alipay.sofa.jraft.error.RaftError;
import io.raftwood.raft.ClusterClock;
import io.raftwood.raft.Command;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.Housekeeper;
import io.raftwood.raft.ReplicaState;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.Room;
import io.raftwood.storage.TabletClosedException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a replica does by itself now and then: the leader proposes what the state asks for (purges),
 * and every replica takes snapshots and flushes its tablet.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
  private static final int STAGGER_STEPS = 16;
  private static final Duration PROPOSAL_TIME = Duration.ofSeconds(5);

  /** The part of the log that may grow between two snapshots while the disk has little room. */
  private static final int SHORT_LOG_SHARE = 8;

  private final ReplicaSpec spec;
  private final JRaftGroupSettings settings;
  private final ReplicaState state;
  private final ReplicaRole role;
  private final ClusterClock clock;
  private final Executor background;
  private volatile boolean proposing;
  private long snapshotNanos;
  private long flushNanos;
  private Room roomSeen = Room.AMPLE;

  Housekeeping(
      ReplicaSpec spec,
      JRaftGroupSettings settings,
      ReplicaState state,
      ReplicaRole role,
      ClusterClock clock,
      Executor background) {
    this.spec = spec;
    this.settings = settings;
    this.state = state;
    this.role = role;
    this.clock = clock;
    this.background = background;
    long now = System.nanoTime();
    flushNanos = now;
    // The replicas of a node must not all take their snapshots at the same moment.
    int stagger = Math.floorMod(spec.group().hashCode(), STAGGER_STEPS);
    snapshotNanos = now - settings.snapshotInterval().toNanos() / STAGGER_STEPS / 2 * stagger;
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
    long now = System.nanoTime();
    if (snapshotDue(group, now)) {
      snapshotNanos = now;
      role.bytesSinceSnapshot().set(0);
      group.node().snapshot(status -> logFailure(status));
    }
    if (now - flushNanos >= settings.flushInterval().toNanos()) {
      flushNanos = now;
      background.execute(this::flush);
    }
  }

  /**
   * JRaft's own timer is off: it knows nothing of bytes. A snapshot lets the log before it go, and
   * the files that the last one holds: where room gets scarce there is one at once, and sooner
   * again than otherwise.
   */
  private boolean snapshotDue(JRaftGroup group, long now) {
    Room room = spec.room().here().get();
    boolean less = room != roomSeen && room.atMost(roomSeen);
    boolean scarce = room.atMost(Room.SHORT);
    roomSeen = room;
    if (room == Room.EXHAUSTED) {
      return false; // it would take the last bytes, and a snapshot that fails ends the node
    }
    long bytesMax = settings.snapshotLogBytes() / (scarce ? SHORT_LOG_SHARE : 1);
    if (role.bytesSinceSnapshot().get() >= bytesMax) {
      return true;
    }
    if (!less && now - snapshotNanos < settings.snapshotInterval().toNanos()) {
      return false; // ten times a second: the status, which takes JRaft's lock, can wait
    }
    ReplicaStatus status = group.status();
    int margin = scarce ? 1 : settings.snapshotLogMargin();
    return status.appliedIndex() - status.snapshotIndex() >= margin;
  }

  private void logFailure(Status status) {
    if (!status.isOk() && status.getRaftError() != RaftError.EBUSY) {
      LOG.warn("{}: no snapshot: {}", spec.group(), status);
    }
  }

  private void flush() {
    try {
      state.tablet().flush();
    } catch (TabletClosedException e) {
      LOG.debug("{}: not flushed, the tablet was closed or replaced", spec.group());
    } catch (RuntimeException e) {
      spec.faults().fault("cannot flush the tablet of " + spec.group(), e);
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
