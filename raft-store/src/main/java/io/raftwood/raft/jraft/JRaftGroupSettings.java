package io.raftwood.raft.jraft;

import io.raftwood.raft.ProposalSettings;
import java.time.Duration;

/**
 * Settings of one replica, the same for all groups of a node.
 *
 * @param electionTimeout how long a follower waits for a leader; also the base of the lease. Too
 *     small and a busy machine flaps, too large and fail-over is slow; the same on all nodes
 * @param snapshotInterval time between snapshots
 * @param snapshotLogMargin a timed snapshot is skipped while fewer entries than this are new
 * @param snapshotLogBytes a snapshot is also taken once this many bytes of log were applied, so
 *     that a restart never replays more
 * @param catchUpMargin a new voter may lag by this many entries when it is made a voter
 * @param flushInterval longest time that a write stays in memory only; bounds what a restart
 *     applies again
 * @param proposals bounds of the proposal queue
 */
public record JRaftGroupSettings(
    Duration electionTimeout,
    Duration snapshotInterval,
    int snapshotLogMargin,
    long snapshotLogBytes,
    int catchUpMargin,
    Duration flushInterval,
    ProposalSettings proposals) {
  /** The design's settings. */
  public static final JRaftGroupSettings DEFAULT =
      new JRaftGroupSettings(
          Duration.ofSeconds(2),
          Duration.ofMinutes(5),
          10_000,
          128L << 20,
          1_000,
          Duration.ofSeconds(30),
          ProposalSettings.DEFAULT);

  /** Checks the ranges. */
  public JRaftGroupSettings {
    if (electionTimeout.toMillis() < 100) {
      throw new IllegalArgumentException("the election timeout must be at least 100 ms");
    }
    if (snapshotInterval.toSeconds() < 1 || flushInterval.toMillis() < 1) {
      throw new IllegalArgumentException("snapshot and flush intervals must be at least 1 s, 1 ms");
    }
    if (snapshotLogMargin < 0 || snapshotLogBytes < 1 || catchUpMargin < 0) {
      throw new IllegalArgumentException("snapshot and catch-up margins must not be negative");
    }
  }
}
