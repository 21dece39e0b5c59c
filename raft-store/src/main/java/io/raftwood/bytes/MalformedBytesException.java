package io.raftwood.bytes;

/**
 * Bytes that do not follow the format they are read in. Whether that is a client's mistake or a
 * fault is for the reader of the format to say.
 */
public final class MalformedBytesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** States what was expected and what was found. */
  public MalformedBytesException(String message) {
    super(message);
  }
}
