package io.raftwood.raft;

/**
 * The group has no leader, or no quorum answered in time. A write was certainly not applied; a read
 * was not served.
 */
public final class GroupUnavailableException extends ReplicationException {
  private static final long serialVersionUID = 1L;

  /** States what was missing. */
  public GroupUnavailableException(String message) {
    super(message);
  }

  @Override
  public boolean certainlyNotApplied() {
    return true;
  }
}
