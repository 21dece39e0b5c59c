package io.raftwood.admin;

import java.util.List;
import java.util.Optional;

/**
 * The state hashes of one group at one log index.
 *
 * @param group the group's name
 * @param index the barrier's log index
 * @param replicas one for each replica
 */
public record GroupCheck(String group, long index, List<ReplicaHash> replicas) {
  /** Copies the list. */
  public GroupCheck {
    replicas = List.copyOf(replicas);
  }

  /** Whether every replica answered and all hashes are equal. */
  public boolean equal() {
    return replicas.stream().allMatch(replica -> replica.hash().isPresent())
        && replicas.stream().map(ReplicaHash::hash).distinct().count() == 1;
  }

  /**
   * One replica's answer.
   *
   * @param node the node's name
   * @param hash hexadecimal, absent when there is none
   * @param rows number of rows hashed
   * @param detail why there is no hash: {@code unreachable}, {@code retry: ...}
   */
  public record ReplicaHash(String node, Optional<String> hash, long rows, String detail) {}
}
