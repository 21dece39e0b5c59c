package io.raftwood.server.http;

/** A slot table cannot be used; the message says why. No stack trace: it is ordinary. */
final class InvalidTableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says why, in one clause of plain characters. */
  InvalidTableException(String message) {
    super(message, null, false, false);
  }
}
