package io.raftwood.raft;

/** A queue or a byte budget is full. Nothing was proposed: slow down, then try again. */
public final class OverloadedException extends ReplicationException {
  private static final long serialVersionUID = 1L;

  /** Names the bound that was hit. */
  public OverloadedException(String message) {
    super(message);
  }

  @Override
  public boolean certainlyNotApplied() {
    return true;
  }
}
