package io.raftwood.raft;

/** A committed entry or command that cannot be decoded. A fault: the node stops (design 8). */
public final class CorruptEntryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** States what could not be decoded. */
  public CorruptEntryException(String message, Throwable cause) {
    super(message, cause);
  }

  /** States what could not be decoded. */
  public CorruptEntryException(String message) {
    super(message);
  }
}
