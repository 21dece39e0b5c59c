package io.raftwood.raft;

import java.util.function.Supplier;

/**
 * The room that a replica has for more. Both are cheap, answer at once and from any thread.
 *
 * @param here of this node's disk
 * @param group of the group: that of its leader's disk, or what a quorum of its voters has, if that
 *     is less
 */
public record ReplicaRoom(Supplier<Room> here, Supplier<Room> group) {
  /** As much as is wanted: what is kept in memory only, or a test. */
  public static final ReplicaRoom AMPLE = new ReplicaRoom(() -> Room.AMPLE, () -> Room.AMPLE);
}
