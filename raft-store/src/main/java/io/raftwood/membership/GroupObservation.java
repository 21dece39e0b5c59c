package io.raftwood.membership;

import io.raftwood.raft.PeerId;
import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * How a group stands, as reports tell.
 *
 * @param actual the configuration, as the leader reported it
 * @param leader the leader's replica
 * @param commitIndex the leader's commit index
 * @param appliedIndexes the applied index of every replica that runs and reports
 */
public record GroupObservation(
    GroupPlacement actual, PeerId leader, long commitIndex, Map<PeerId, Long> appliedIndexes) {
  /** Copies the map. */
  public GroupObservation {
    appliedIndexes = Map.copyOf(appliedIndexes);
  }

  boolean live(PeerId peer) {
    return appliedIndexes.containsKey(peer);
  }

  boolean hosts(PeerId peer) {
    return actual.voters().contains(peer) || actual.learners().contains(peer);
  }

  boolean caughtUp(PeerId peer, long lag) {
    return live(peer) && appliedIndexes.get(peer) >= commitIndex - lag;
  }

  /** Whether a majority of {@code voters} runs. */
  boolean majorityLive(Collection<PeerId> voters) {
    long live = Set.copyOf(voters).stream().filter(this::live).count();
    return 2 * live > voters.size();
  }
}
