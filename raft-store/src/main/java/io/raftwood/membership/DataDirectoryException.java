package io.raftwood.membership;

/** The data directory cannot be used; the message says why and what to do. The node must stop. */
public final class DataDirectoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** States the reason and the cure. */
  public DataDirectoryException(String message) {
    super(message);
  }

  /** States the reason and the cure. */
  public DataDirectoryException(String message, Throwable cause) {
    super(message, cause);
  }
}
