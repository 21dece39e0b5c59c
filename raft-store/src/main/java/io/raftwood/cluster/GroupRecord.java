package io.raftwood.cluster;

import java.util.List;

/**
 * One group and its wanted placement.
 *
 * @param name {@code meta} or {@code data-N}
 * @param firstSlot the first slot it owns (0 for the meta group)
 * @param endSlot the first slot behind (0 for the meta group, which owns none)
 * @param voters names of the nodes that should vote, in preference order: master1, master2, ...
 * @param learners names of the nodes that should follow without a vote
 */
public record GroupRecord(
    String name, int firstSlot, int endSlot, List<String> voters, List<String> learners) {
  /** Copies the lists. */
  public GroupRecord {
    voters = List.copyOf(voters);
    learners = List.copyOf(learners);
  }

  /** Whether the group owns {@code slot}. */
  public boolean owns(int slot) {
    return slot >= firstSlot && slot < endSlot;
  }

  /** Whether the node called {@code name} should host a replica. */
  public boolean hostedBy(String name) {
    return voters.contains(name) || learners.contains(name);
  }
}
