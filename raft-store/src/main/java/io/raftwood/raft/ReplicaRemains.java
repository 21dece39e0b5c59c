package io.raftwood.raft;

import java.util.List;

/**
 * What the disk of a stopped node holds of a replica's log.
 *
 * @param group the group's name
 * @param lastTerm the term of the last entry
 * @param lastIndex the log index of the last entry, or of the snapshot where the log is empty
 *     behind it
 * @param voters who votes in the last configuration in the log
 * @param formerVoters who also has to agree while that configuration is a joint one; else empty
 */
public record ReplicaRemains(
    String group, long lastTerm, long lastIndex, List<PeerId> voters, List<PeerId> formerVoters) {
  /** Copies the lists. */
  public ReplicaRemains {
    voters = List.copyOf(voters);
    formerVoters = List.copyOf(formerVoters);
  }

  /** Whether those of {@code present} could elect a leader of this log's last configuration. */
  public boolean electable(List<PeerId> present) {
    return majority(voters, present) && (formerVoters.isEmpty() || majority(formerVoters, present));
  }

  private static boolean majority(List<PeerId> of, List<PeerId> present) {
    return 2 * of.stream().filter(present::contains).count() > of.size();
  }
}
