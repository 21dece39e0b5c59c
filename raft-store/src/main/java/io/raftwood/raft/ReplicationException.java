package io.raftwood.raft;

/**
 * A request that was not answered with an outcome. The type says what the caller may do; no stack
 * trace is taken, since these are ordinary events under load or without a quorum.
 */
public abstract sealed class ReplicationException extends RuntimeException
    permits NotLeaderException,
        OverloadedException,
        DiskFullException,
        GroupUnavailableException,
        OutcomeUnknownException {
  private static final long serialVersionUID = 1L;

  ReplicationException(String message) {
    super(message, null, false, false);
  }

  /** Whether the request certainly had no effect, so that sending it again is safe. */
  public abstract boolean certainlyNotApplied();
}
