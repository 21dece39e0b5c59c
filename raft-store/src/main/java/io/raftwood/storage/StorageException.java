package io.raftwood.storage;

/** The store failed. Always a fault: the node that meets it stops (design section 8). */
public class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** States what was tried and why it failed. */
  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  /** States what was tried and why it failed. */
  public StorageException(String message) {
    super(message);
  }
}
