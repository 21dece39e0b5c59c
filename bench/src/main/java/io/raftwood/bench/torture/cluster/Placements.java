package io.raftwood.bench.torture.cluster;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who voted in each group when the cluster was new: that is wanted again after all faults. */
final class Placements {
  private final Map<String, List<String>> first = new LinkedHashMap<>();

  /** Takes what is wanted now for what will be wanted for ever. */
  synchronized void remember(List<GroupPlacement> groups) {
    groups.forEach(group -> first.put(group.group(), group.wanted()));
  }

  /** The voters of {@code group}, the first of which was to lead. */
  synchronized List<String> voters(String group) {
    return first.getOrDefault(group, List.of());
  }

  /**
   * Whether everything is where it was at first; asks for it where it is not wanted any more.
   *
   * @param groups as they are
   * @param place is asked
   */
  boolean restored(List<GroupPlacement> groups, Wish place) throws IOException {
    boolean restored = true;
    for (GroupPlacement group : groups) {
      List<String> voters = voters(group.group());
      if (!voters.isEmpty() && !Set.copyOf(voters).equals(Set.copyOf(group.wanted()))) {
        place.place(group.group(), voters);
        restored = false;
      }
      restored &= group.done();
    }
    return restored && !groups.isEmpty();
  }

  /** Asks the cluster for voters. */
  @FunctionalInterface
  interface Wish {
    /** Asks for {@code voters}. */
    void place(String group, List<String> voters) throws IOException;
  }
}
