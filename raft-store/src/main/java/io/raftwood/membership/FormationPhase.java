package io.raftwood.membership;

import java.util.Locale;

/** How far a node's incarnation has come into a cluster; durable, only ever moves on. */
public enum FormationPhase {
  /** Belongs to nothing; may still agree to any formation. */
  NEW(1),
  /** Has agreed to one formation and will never agree to another with this incarnation. */
  PREPARED(2),
  /** Knows that its cluster runs and knows its name; asks to be registered as the replacement. */
  JOINING(3),
  /** Is a member: the formation is decided and the index known. Only now may it vote. */
  FORMED(4);

  private final int tag;

  FormationPhase(int tag) {
    this.tag = tag;
  }

  /** The tag on the wire; never reused. */
  public int tag() {
    return tag;
  }

  /** The word in the identity file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The phase with {@code tag}.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static FormationPhase of(int tag) {
    for (FormationPhase phase : values()) {
      if (phase.tag == tag) {
        return phase;
      }
    }
    throw new IllegalArgumentException("no formation phase has tag " + tag);
  }
}
