package io.raftwood.raft;

/**
 * The command was, or may have been, proposed, and its fate is not known: it may be applied now,
 * later or never. Read back, or repeat it with the same idempotency key.
 */
public final class OutcomeUnknownException extends ReplicationException {
  private static final long serialVersionUID = 1L;

  /** States what happened. */
  public OutcomeUnknownException(String message) {
    super(message);
  }

  @Override
  public boolean certainlyNotApplied() {
    return false;
  }
}
