package io.raftwood.admin;

import io.raftwood.raft.Room;

/**
 * What a node says of its process and its disk.
 *
 * @param version of the program; empty if unknown
 * @param diskFreeBytes what the file system of the data directory has free for this process
 * @param diskTotalBytes the size of that file system; 0 if unknown
 * @param room what the node makes of it
 */
public record NodeFigures(String version, long diskFreeBytes, long diskTotalBytes, Room room) {
  /** Nothing is known. */
  public static final NodeFigures UNKNOWN = new NodeFigures("", 0, 0, Room.AMPLE);
}
