package io.raftwood.cluster;

import java.util.Optional;

/** A change of the placement cannot be made; the message says why, in one sentence. */
public final class PlanRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String unknownNode;

  /** Refuses because of {@code message}. */
  public PlanRefusedException(String message) {
    this(message, "");
  }

  private PlanRefusedException(String message, String unknownNode) {
    super(message);
    this.unknownNode = unknownNode;
  }

  /** Refuses because there is no node called {@code name}. */
  static PlanRefusedException noNode(String name) {
    return new PlanRefusedException("there is no node " + name, name);
  }

  /** The node that was named and is not there, if that is why. */
  public Optional<String> unknownNode() {
    return Optional.of(unknownNode).filter(name -> !name.isEmpty());
  }
}
