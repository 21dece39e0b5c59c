package io.raftwood.raft;

import java.util.function.LongSupplier;

/**
 * The right of a leader to answer reads from its own state without asking anyone (design section
 * 4): a read index that started at t0 and succeeded grants it until t0 + 0.9 election timeouts,
 * because each voter that took part refuses votes for one election timeout from then on. The margin
 * of 0.1 covers clock rates that differ by less than 10 %.
 *
 * <p>Thread-safe. Times are in the scale of the clock given, nanoseconds, monotonic.
 */
public final class LeaderLease {
  private static final Grant NONE = new Grant(-1, 0, 0);

  private final LongSupplier nanoClock;
  private final long durationNanos;

  private volatile Grant grant = NONE;
  private long droppedTerm = -1;

  /** A lease for groups whose election timeout is {@code electionTimeoutNanos}. */
  public LeaderLease(LongSupplier nanoClock, long electionTimeoutNanos) {
    this.nanoClock = nanoClock;
    this.durationNanos = electionTimeoutNanos / 10 * 9;
  }

  /**
   * Extends the lease: a read index that started at {@code startNanos} succeeded while this replica
   * led in {@code term} from its start to its end.
   */
  public synchronized void granted(long term, long startNanos) {
    long until = startNanos + durationNanos;
    boolean newer = term > grant.term || (term == grant.term && until - grant.untilNanos > 0);
    if (term > droppedTerm && newer) {
      grant = new Grant(term, startNanos, until);
    }
  }

  /**
   * Gives the lease up for the rest of {@code term} and of all earlier ones: before a leadership
   * transfer begins, and before a vote for another candidate is considered.
   */
  public synchronized void drop(long term) {
    droppedTerm = Math.max(droppedTerm, term);
    if (grant.term <= droppedTerm) {
      grant = NONE;
    }
  }

  /** Whether reads may be answered now by the leader of {@code term}. */
  public boolean holds(long term) {
    Grant now = grant;
    return term >= 0 && now.term == term && nanoClock.getAsLong() - now.untilNanos < 0;
  }

  /** Whether more than half of the lease of {@code term} is used up. */
  public boolean wantsRenewal(long term) {
    Grant now = grant;
    return now.term != term || nanoClock.getAsLong() - now.startNanos > durationNanos / 2;
  }

  /** What was granted last. */
  private record Grant(long term, long startNanos, long untilNanos) {}
}
