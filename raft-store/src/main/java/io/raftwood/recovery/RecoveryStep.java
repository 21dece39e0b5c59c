package io.raftwood.recovery;

/**
 * One step of a recovery on one survivor. Each may be repeated.
 *
 * @param kind what to do
 * @param group to which; empty where none is meant
 */
public record RecoveryStep(Kind kind, String group) {
  /** To belong to the new cluster from now on. */
  public static final RecoveryStep ADOPT = new RecoveryStep(Kind.ADOPT, "");

  /** The end. */
  public static final RecoveryStep FINISH = new RecoveryStep(Kind.FINISH, "");

  /** To go on with {@code group} as its only voter. */
  public static RecoveryStep lead(String group) {
    return new RecoveryStep(Kind.LEAD, group);
  }

  /** What a step does. */
  public enum Kind {
    /** Writes the new cluster into the identity. */
    ADOPT(1),
    /** Makes the replica here the group's only voter. */
    LEAD(2),
    /** Writes the account and ends. */
    FINISH(3);

    private final int tag;

    Kind(int tag) {
      this.tag = tag;
    }

    int tag() {
      return tag;
    }

    static Kind of(int tag) {
      for (Kind kind : values()) {
        if (kind.tag == tag) {
          return kind;
        }
      }
      throw new IllegalArgumentException("no recovery step has tag " + tag);
    }
  }
}
