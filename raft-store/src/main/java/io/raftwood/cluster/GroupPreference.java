package io.raftwood.cluster;

import java.util.List;

/**
 * In which order a group's voters should lead it.
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
