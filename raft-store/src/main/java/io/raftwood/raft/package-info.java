/**
 * Replication in our own words: the port to consensus, and the deterministic kernel that turns a
 * committed log entry into a storage batch.
 *
 * <p>Belongs here: entries, commands, machines, the cluster clock, the proposal queue, the lease,
 * read consistency, failures, slots and the way to their groups. Does not belong here: JRaft (see
 * {@code raft.jraft}), records, trees, HTTP. What runs on the apply thread ({@link
 * io.raftwood.raft.Machine}, {@link io.raftwood.raft.EntryApplier}) sees no clock, no randomness,
 * no thread and no I/O but the storage port.
 */
package io.raftwood.raft;
