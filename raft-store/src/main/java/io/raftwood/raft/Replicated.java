package io.raftwood.raft;

/**
 * A value together with where it stands in its group's log.
 *
 * @param value the outcome
 * @param appliedIndex for a write the log index of its entry; for a read the index up to which the
 *     answering replica had applied
 * @param stale whether a read was answered with less consistency than asked for, because no leader
 *     answered in time
 */
public record Replicated<T>(T value, long appliedIndex, boolean stale) {}
