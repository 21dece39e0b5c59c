package io.raftwood.server;

import io.raftwood.admin.Alarm;
import io.raftwood.admin.NodeVitals;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.StatusBoard;
import io.raftwood.raft.ReplicaStatus.Role;
import io.raftwood.raft.Room;
import io.raftwood.raft.jraft.JRaftGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Disks with little room, of all nodes as their reports tell, and the groups that refuse writes
 * here for it.
 *
 * @param cluster whose nodes they are
 * @param board what they report
 * @param replicas of this node
 */
record DiskAlarms(ClusterDirectory cluster, StatusBoard board, ReplicaHost replicas) {
  private static final Duration FRESH = Duration.ofSeconds(10);
  private static final double MIB = 1 << 20;

  /** Those of this moment. */
  List<Alarm> alarms() {
    List<Alarm> alarms = new ArrayList<>();
    for (NodeVitals node : board.vitals()) {
      boolean known = cluster.node(node.node()).isPresent();
      if (known && node.ageMillis() <= FRESH.toMillis() && node.figures().room() != Room.AMPLE) {
        alarms.add(new Alarm("disk:" + node.node(), shown(node)));
      }
    }
    for (JRaftGroup group : replicas.replicas()) {
      Room room = group.gate().room();
      if (room.atMost(Room.FULL) && group.status().role() == Role.LEADER) {
        alarms.add(new Alarm("writes:" + group.group(), refused(room)));
      }
    }
    return alarms;
  }

  private static String shown(NodeVitals node) {
    return String.format(
        Locale.ROOT,
        "%s: %.1f of %.1f MiB free",
        node.figures().room().word(),
        node.figures().diskFreeBytes() / MIB,
        node.figures().diskTotalBytes() / MIB);
  }

  private static String refused(Room room) {
    return room == Room.EXHAUSTED
        ? "all are refused, deletes too, for want of disk room"
        : "those that add data are refused for want of disk room; deletes go on";
  }
}
