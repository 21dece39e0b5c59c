package io.raftwood.cluster;

import java.util.List;

/**
 * Which nodes should vote in a group, and in which order they should lead it.
 *
 * @param group the group's name
 * @param voters all its voters, each once: master1, master2, ...
 */
public record GroupPreference(String group, List<String> voters) {
  /** Copies the list. */
  public GroupPreference {
    voters = List.copyOf(voters);
  }
}
