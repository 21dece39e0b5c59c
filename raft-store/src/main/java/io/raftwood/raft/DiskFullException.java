package io.raftwood.raft;

/**
 * The disks of the group's leader, or of so many voters that no quorum is left, have no room for
 * more data. Nothing was proposed. Deletes and reads go on; others may once there is room.
 */
public final class DiskFullException extends ReplicationException {
  private static final long serialVersionUID = 1L;

  /** Says whose room is spent. */
  public DiskFullException(String message) {
    super(message);
  }

  @Override
  public boolean certainlyNotApplied() {
    return true;
  }
}
