package io.raftwood.bench.torture.check;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A set to which members were added once each: what was acknowledged is there, nothing else. */
public final class MembersCheck {
  private static final int SHOWN = 10;

  private MembersCheck() {}

  /**
   * Checks one final look at every node.
   *
   * @param acknowledged members whose addition was answered with success
   * @param unknown members whose addition may have happened
   * @param nodes what each node shows; a member twice on one node is wrong
   * @param replicas on how many nodes each member must be
   */
  public static CheckResult check(
      String name,
      Set<String> acknowledged,
      Set<String> unknown,
      List<List<String>> nodes,
      int replicas) {
    if (acknowledged.isEmpty()) {
      return CheckResult.unknown(name, "no addition was answered");
    }
    Map<String, Integer> copies = new TreeMap<>();
    for (List<String> node : nodes) {
      if (new HashSet<>(node).size() != node.size()) {
        return CheckResult.failed(name, "a member is listed twice among " + node.size());
      }
      node.forEach(member -> copies.merge(member, 1, Integer::sum));
    }
    Set<String> there = new HashSet<>(copies.keySet());
    there.removeIf(member -> copies.get(member) != replicas);
    return judge(name, acknowledged, unknown, there, copies.keySet());
  }

  /** {@code there} are the members with all their copies, {@code anywhere} those with any. */
  private static CheckResult judge(
      String name,
      Set<String> acknowledged,
      Set<String> unknown,
      Set<String> there,
      Set<String> anywhere) {
    Set<String> missing = new TreeSet<>(acknowledged);
    missing.removeAll(there);
    if (!missing.isEmpty()) {
      return CheckResult.failed(
          name, missing.size() + " acknowledged members lack copies: " + some(missing));
    }
    Set<String> strange = new TreeSet<>(anywhere);
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
