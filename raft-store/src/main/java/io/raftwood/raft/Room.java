package io.raftwood.raft;

import java.util.Locale;

/** How much room a disk has for more, from much to none; what a node does follows from it. */
public enum Room {
  /** Enough. */
  AMPLE,
  /** Somebody should see to it; nothing is refused. */
  SHORT,
  /** What adds data is refused; deletes go on, in the reserve that is left for them. */
  FULL,
  /** The reserve is nearly spent: deletes are refused, too, until there is some again. */
  EXHAUSTED;

  /** Whether there is no more room than in {@code other}. */
  public boolean atMost(Room other) {
    return compareTo(other) >= 0;
  }

  /** The one of the two with less room. */
  public Room orLess(Room other) {
    return atMost(other) ? this : other;
  }

  /** The word shown to operators. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
