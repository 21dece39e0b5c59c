package io.raftwood.raft;

import io.raftwood.bytes.Bytes;

/**
 * The answer to a query.
 *
 * @param result encoded by the query's family
 * @param appliedIndex the log index up to which the answering replica had applied
 * @param consistency the guarantee it was really read with
 */
public record Answer(Bytes result, long appliedIndex, ReadConsistency consistency) {}
