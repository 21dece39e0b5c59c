package io.raftwood.admin;

import io.raftwood.cluster.GroupPreference;
import java.util.List;

/**
 * What became of a {@link NodeChange}.
 *
 * @param verdict whether it was made
 * @param message why not, in one sentence; empty when it was made
 * @param epoch of the cluster map that knows of it; 0 when it was not made
 * @param groups the voters that groups are to have now, where that changed
 */
public record ChangeAnswer(
    Verdict verdict, String message, long epoch, List<GroupPreference> groups) {
  /** Copies the list. */
  public ChangeAnswer {
    groups = List.copyOf(groups);
  }

  /** Whether a change was made. */
  public enum Verdict {
    /** The wish is in the cluster map and is being carried out. */
    MADE,
    /** It cannot be made. */
    REFUSED,
    /** Another change of the same groups is under way. */
    UNDER_WAY,
    /** There is no such node. */
    NO_SUCH_NODE
  }

  /** A change that was made. */
  public static ChangeAnswer made(long epoch, List<GroupPreference> groups) {
    return new ChangeAnswer(Verdict.MADE, "", epoch, groups);
  }

  /** A change that was not made because of {@code message}. */
  public static ChangeAnswer not(Verdict verdict, String message) {
    return new ChangeAnswer(verdict, message, 0, List.of());
  }
}
