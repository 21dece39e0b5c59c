package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.peer.NodeAddress;
import io.raftwood.raft.PeerId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which replicas vote in a group and which only learn: as wanted, or as it is.
 *
 * @param voters distinct
 * @param learners distinct, none of them a voter
 */
public record GroupPlacement(List<PeerId> voters, List<PeerId> learners) {
  /** Copies the lists. */
  public GroupPlacement {
    voters = List.copyOf(voters);
    learners = List.copyOf(learners);
  }

  /** What {@code map} wants of {@code group}: the present incarnations of the nodes it names. */
  public static GroupPlacement wanted(ClusterMap map, GroupRecord group) {
    return new GroupPlacement(
        peers(map, group.name(), group.voters()), peers(map, group.name(), group.learners()));
  }

  /** Whether both have the same voters and the same learners, in whatever order. */
  public boolean sameAs(GroupPlacement other) {
    return new HashSet<>(voters).equals(new HashSet<>(other.voters))
        && new HashSet<>(learners).equals(new HashSet<>(other.learners));
  }

  /** Whether a replica at the Raft address {@code raft} is among them, of whatever incarnation. */
  boolean on(NodeAddress raft) {
    return Stream.concat(voters.stream(), learners.stream())
        .anyMatch(peer -> peer.host().equals(raft.host()) && peer.port() == raft.port());
  }

  private static List<PeerId> peers(ClusterMap map, String group, List<String> names) {
    return names.stream().map(name -> map.peerOf(group, name)).flatMap(Optional::stream).toList();
  }
}
