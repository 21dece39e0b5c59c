package io.raftwood.raft;

/** How fresh a read is, and what that costs (design section 4). */
public enum ReadConsistency {
  /**
   * Sees every write acknowledged before the read began. Costs one round trip to a majority, shared
   * by all reads that wait at that moment. Assumes nothing about clocks.
   */
  LINEARIZABLE,
  /**
   * As {@link #LINEARIZABLE} while the clock <em>rates</em> of the nodes differ by less than 10 %:
   * the leader answers from its own state while its lease holds, else falls back to a read index.
   */
  LEASE,
  /** This replica's applied state, however far behind. Costs a local read. */
  LOCAL
}
