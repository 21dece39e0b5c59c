package io.raftwood.membership;

import io.raftwood.cluster.CacheGroup;
import io.raftwood.cluster.CacheSeat;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.raft.PeerId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Sees to it that the meta group knows who votes in a cache group before anybody can: a change of
 * voters is asked for only once the map says so, and counts as in force only when the group's
 * leader has said so. Otherwise nobody could tell whether a quorum has forgotten.
 */
public final class CacheSeats {
  private final Consumer<ClusterCommand> propose;

  /** Tells the meta group by {@code propose}, which does not block and may fail silently. */
  public CacheSeats(Consumer<ClusterCommand> propose) {
    this.propose = propose;
  }

  /**
   * What to ask of the leader of {@code group} now.
   *
   * @param actual the group's configuration, as its leader reports it
   * @param wanted the step that the placement asks for
   */
  Optional<MembershipStep> admit(
      ClusterMap map, CacheGroup group, GroupPlacement actual, Optional<MembershipStep> wanted) {
    List<CacheSeat> voting = seats(map, actual.voters());
    if (!group.next().isEmpty() && same(voting, group.next())) {
      // The leader may not have it committed. Asked for again, it answers when that is so.
      return Optional.of(new MembershipStep.ChangeVoters(actual.voters()));
    }
    if (!same(voting, group.seated())) {
      propose.accept(new ClusterCommand.SeatCacheVoters(group.name(), voting, false));
      return Optional.empty();
    }
    if (wanted.isPresent() && wanted.get() instanceof MembershipStep.ChangeVoters change) {
      List<CacheSeat> next = seats(map, change.voters());
      if (!same(next, group.next())) {
        propose.accept(new ClusterCommand.SeatCacheVoters(group.name(), next, false));
        return Optional.empty();
      }
    }
    return wanted;
  }

  /** The leader of {@code group} says that {@code step} is in force. */
  void done(ClusterMap map, String group, MembershipStep step) {
    if (step instanceof MembershipStep.ChangeVoters change) {
      propose.accept(new ClusterCommand.SeatCacheVoters(group, seats(map, change.voters()), true));
    }
  }

  private static boolean same(List<CacheSeat> one, List<CacheSeat> other) {
    return new HashSet<>(one).equals(new HashSet<>(other));
  }

  private static List<CacheSeat> seats(ClusterMap map, List<PeerId> peers) {
    return peers.stream()
        .flatMap(
            peer ->
                map.nodes().stream()
                    .filter(node -> hosts(node, peer))
                    .map(node -> new CacheSeat(node.name(), peer.index())))
        .toList();
  }

  private static boolean hosts(NodeRecord node, PeerId peer) {
    return node.raft().host().equals(peer.host()) && node.raft().port() == peer.port();
  }
}
