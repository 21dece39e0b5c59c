package io.raftwood.peer;

/** A message was not answered. */
public final class PeerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean maybeDelivered;

  /** States what failed and whether the request may have reached the other node. */
  public PeerException(String message, boolean maybeDelivered) {
    super(message, null, false, false);
    this.maybeDelivered = maybeDelivered;
  }

  /** Whether the other node may have carried out the request. */
  public boolean maybeDelivered() {
    return maybeDelivered;
  }
}
