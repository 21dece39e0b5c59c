package io.raftwood.recovery;

/** A recovery that must not, or cannot, be made; the message says why and what to do instead. */
public final class RecoveryRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Refused because of {@code message}. */
  public RecoveryRefusedException(String message) {
    super(message);
  }
}
