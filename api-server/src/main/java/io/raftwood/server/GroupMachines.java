package io.raftwood.server;

import io.raftwood.backup.Archive;
import io.raftwood.backup.RestoreMachine;
import io.raftwood.cluster.ClusterMachine;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.kv.machine.ExpiryPurger;
import io.raftwood.kv.machine.KvMachine;
import io.raftwood.kv.machine.RecordArchive;
import io.raftwood.raft.Housekeeper;
import io.raftwood.raft.Machine;
import io.raftwood.tree.TreeArchive;
import io.raftwood.tree.TreeMachine;
import io.raftwood.tree.TreePurger;
import java.util.List;

/**
 * What applies the entries of a group, and what its leader does by itself.
 *
 * @param trees is told what happens to trees
 */
record GroupMachines(TreeMetrics trees) {
  /** What data groups hold. */
  static final List<Archive> ARCHIVES = List.of(new RecordArchive(), new TreeArchive());

  /** The machines of {@code group}. */
  List<Machine> machines(String group) {
    return group.equals(ClusterMap.META_GROUP)
        ? List.of(new ClusterMachine())
        : List.of(
            new KvMachine(), new TreeMachine(trees.observer(group)), new RestoreMachine(ARCHIVES));
  }

  /** The housekeepers of {@code group}. */
  List<Housekeeper> housekeepers(String group) {
    return group.equals(ClusterMap.META_GROUP)
        ? List.of()
        : List.of(new ExpiryPurger(), new TreePurger(), trees.heights(group));
  }
}
