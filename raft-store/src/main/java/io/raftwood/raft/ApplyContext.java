package io.raftwood.raft;

import io.raftwood.storage.StorageBatch;

/**
 * What a machine may know while it applies one command.
 *
 * @param batch the group's state with the effects of all earlier commands; changes go here
 * @param revision the group's revision after this command: +1 per applied command, never repeats;
 *     the mod-revision of every record that the command writes
 * @param clockMillis replicated time: milliseconds since 1970, never decreasing within a group
 */
public record ApplyContext(StorageBatch batch, long revision, long clockMillis) {}
