package io.raftwood.membership;

import io.raftwood.admin.NodeFigures;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.raft.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The room that groups have if this node leads them: that of its own disk, or less if fewer than a
 * quorum of the voters have so much, as their reports tell. Voters that are silent count for
 * neither side: with them down the others are the quorum.
 *
 * <p>{@link #look} on one thread; {@link #of} from any, cheap.
 */
public final class GroupRooms {
  private static final Duration FRESH = Duration.ofSeconds(3);

  private final String self;
  private final ClusterDirectory cluster;
  private final StatusBoard board;

  /** Without those that have ample room. */
  private volatile Map<String, Room> rooms = Map.of();

  /** The groups of {@code cluster}, as the node called {@code self} sees them. */
  public GroupRooms(String self, ClusterDirectory cluster, StatusBoard board) {
    this.self = self;
    this.cluster = cluster;
    this.board = board;
  }

  /** The room of {@code group}. */
  public Room of(String group) {
    Map<String, Room> now = rooms;
    return now.isEmpty() ? Room.AMPLE : now.getOrDefault(group, Room.AMPLE);
  }

  /** Looks at the reports, and at this node's own room. */
  public void look(Room own) {
    Map<String, Room> found = new HashMap<>();
    for (GroupRecord group : cluster.map().map(ClusterMap::groups).orElse(List.of())) {
      Room room = group.voters().contains(self) ? room(group.voters(), own) : Room.AMPLE;
      if (room != Room.AMPLE) {
        found.put(group.name(), room);
      }
    }
    rooms = Map.copyOf(found);
  }

  private Room room(List<String> voters, Room own) {
    List<Room> known = new ArrayList<>(List.of(own));
    for (String voter : voters) {
      if (!voter.equals(self)) {
        board
            .report(voter, FRESH)
            .map(NodeReport::figures)
            .map(NodeFigures::room)
            .ifPresent(known::add);
      }
    }
    known.sort(null);
    int quorum = voters.size() / 2 + 1;
    return own.orLess(known.get(Math.min(quorum, known.size()) - 1));
  }
}
