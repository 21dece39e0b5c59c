package io.raftwood.bench.torture.cluster;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Who votes in which group, as the nodes say, and wishes for that. Who voted when the cluster was
 * new is wanted again after all faults. Thread-safe.
 */
public final class Placements {
  private final List<AdminCalls> admin;
  private final IntPredicate answering;
  private final Map<String, List<String>> first = new LinkedHashMap<>();

  /**
   * Of the nodes that {@code admin} asks, by their numbers.
   *
   * @param answering whether a node can be expected to answer
   */
  Placements(List<AdminCalls> admin, IntPredicate answering) {
    this.admin = List.copyOf(admin);
    this.answering = answering;
  }

  /** Takes what is wanted now for what will be wanted for ever; whether {@code groups} are done. */
  boolean remember(int groups) throws IOException {
    List<GroupPlacement> now = groups(0);
    remember(now);
    return now.size() >= groups && now.stream().allMatch(GroupPlacement::done);
  }

  synchronized void remember(List<GroupPlacement> groups) {
    groups.forEach(group -> first.put(group.group(), group.wanted()));
  }

  /** Where the replicas of all groups should be and are, as one node knows. */
  public List<GroupPlacement> groups(int asked) throws IOException {
    return admin.get(asked).groups();
  }

  /** The same for people. */
  public String text() {
    try {
      return groups(0).toString();
    } catch (IOException e) {
      return e.getMessage();
    }
  }

  /** Who voted in {@code group} when the cluster was new, the first of whom was to lead. */
  public synchronized List<String> firstVoters(String group) {
    return first.getOrDefault(group, List.of());
  }

  /** Asks one node for voters of {@code group}; with {@code force} for fewer, too. */
  public void place(int asked, String group, List<String> voters, boolean force)
      throws IOException {
    admin.get(asked).place(group, voters, force);
  }

  /** Whether these vote in {@code group} and nobody else, as any node knows. */
  public boolean placed(String group, List<String> voters) throws IOException {
    for (int node = 0; node < admin.size(); node++) {
      if (answering.test(node)) {
        return groups(node).stream()
            .filter(one -> one.group().equals(group) && one.done())
            .anyMatch(one -> Set.copyOf(one.actual()).equals(Set.copyOf(voters)));
      }
    }
    return false;
  }

  /** Whether everything is where it was at first; asks for it where it is not wanted any more. */
  boolean restored() throws IOException {
    return restored(groups(0), (group, voters) -> place(0, group, voters, false));
  }

  boolean restored(List<GroupPlacement> groups, Wish place) throws IOException {
    boolean restored = !groups.isEmpty();
    for (GroupPlacement group : groups) {
      List<String> voters = firstVoters(group.group());
      if (!voters.isEmpty() && !Set.copyOf(voters).equals(Set.copyOf(group.wanted()))) {
        place.place(group.group(), voters);
        restored = false;
      }
      restored &= group.done();
    }
    return restored;
  }

  /** Asks the cluster for voters. */
  @FunctionalInterface
  interface Wish {
    /** Asks for {@code voters}. */
    void place(String group, List<String> voters) throws IOException;
  }
}
