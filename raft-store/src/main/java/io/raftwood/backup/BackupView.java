package io.raftwood.backup;

import io.raftwood.raft.Position;

/**
 * A view that a node keeps open.
 *
 * @param id by which it is asked for, 32 hexadecimal digits
 * @param group whose state it shows
 * @param position exactly up to where
 * @param items about how many items it has, of all families
 */
public record BackupView(String id, String group, Position position, long items) {}
