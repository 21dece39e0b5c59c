package io.raftwood.bench.torture.check;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A set to which members were added once each: what was acknowledged is there, nothing else. */
public final class MembersCheck {
  private static final int SHOWN = 10;

  private MembersCheck() {}

  /**
   * Checks one final look at the set.
   *
   * @param acknowledged members whose addition was answered with success
   * @param unknown members whose addition may have happened
   * @param found what is there; a member twice is wrong
   */
  public static CheckResult check(
      String name, Set<String> acknowledged, Set<String> unknown, List<String> found) {
    if (acknowledged.isEmpty()) {
      return CheckResult.unknown(name, "no addition was answered");
    }
    Set<String> there = new HashSet<>(found);
    if (there.size() != found.size()) {
      return CheckResult.failed(name, "a member is listed twice among " + found.size());
    }
    Set<String> missing = new TreeSet<>(acknowledged);
    missing.removeAll(there);
    if (!missing.isEmpty()) {
      return CheckResult.failed(
          name, missing.size() + " acknowledged members are missing: " + some(missing));
    }
    Set<String> strange = new TreeSet<>(there);
    strange.removeAll(acknowledged);
    strange.removeAll(unknown);
    if (!strange.isEmpty()) {
      return CheckResult.failed(
          name,
          strange.size() + " members are there that were never sent or refused: " + some(strange));
    }
    int lost = acknowledged.size() + unknown.size() - there.size();
    return CheckResult.passed(
        name,
        acknowledged.size()
            + " acknowledged, all there; of "
            + unknown.size()
            + " unknown ones "
            + (unknown.size() - lost)
            + " happened");
  }

  private static String some(Collection<String> members) {
    return members.stream().limit(SHOWN).toList().toString();
  }
}
