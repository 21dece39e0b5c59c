package io.raftwood.raft;

import io.raftwood.bytes.Bytes;

/**
 * The result of a command that is on stable storage on a majority and applied on the leader.
 *
 * @param result encoded by the command's family
 * @param index the log index of the entry that carried it; a read that waits for it sees it
 */
public record Committed(Bytes result, long index) {}
