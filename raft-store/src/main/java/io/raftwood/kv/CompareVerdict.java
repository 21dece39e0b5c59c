package io.raftwood.kv;

import io.raftwood.kv.KvResult.Found;
import io.raftwood.kv.KvResult.Observed;
import java.util.Optional;

/**
 * What two replicas' observations of one record say about each other. Pure.
 *
 * <p>A group's state at a log index is the same on every replica, so two states of one index are
 * equal or there is a defect. Of two indexes the later state may differ from the earlier one by
 * what was written between them, and by nothing else: a mod-revision up to the earlier state's
 * revision was known there already.
 */
enum CompareVerdict {
  /** The observations fit, and the newer one shows what the older one will show too. */
  AGREED,
  /** The observations fit; the first replica has not seen the second's write yet. */
  FIRST_BEHIND,
  /** The observations fit; the second replica has not seen the first's write yet. */
  SECOND_BEHIND,
  /** No log makes both states: at least one replica is wrong. */
  DIVERGED;

  /** The verdict on two observations of the same record. */
  static CompareVerdict of(Observed first, Observed second) {
    if (first.index() == second.index()) {
      return first.found().equals(second.found()) ? AGREED : DIVERGED;
    }
    return first.index() < second.index()
        ? ofStates(first, second, FIRST_BEHIND)
        : ofStates(second, first, SECOND_BEHIND);
  }

  private static CompareVerdict ofStates(Observed earlier, Observed later, CompareVerdict behind) {
    Optional<Found> before = earlier.found();
    Optional<Found> after = later.found();
    if (after.isEmpty()) {
      // Deleted or expired between the two, for all that can be seen.
      return before.isEmpty() ? AGREED : behind;
    }
    if (before.equals(after)) {
      return AGREED;
    }
    long written = after.get().modRevision();
    boolean backwards = before.isPresent() && before.get().modRevision() >= written;
    boolean known = written <= earlier.revision();
    return backwards || known ? DIVERGED : behind;
  }
}
