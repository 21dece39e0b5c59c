package io.raftwood.cluster;

/** A change of the placement cannot be made; the message says why, in one sentence. */
public final class PlanRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Refuses because of {@code message}. */
  public PlanRefusedException(String message) {
    super(message);
  }
}
