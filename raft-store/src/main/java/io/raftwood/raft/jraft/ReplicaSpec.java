package io.raftwood.raft.jraft;

import io.raftwood.raft.AdmissionBudget;
import io.raftwood.raft.FaultHandler;
import io.raftwood.raft.Housekeeper;
import io.raftwood.raft.Machine;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaRoom;
import io.raftwood.storage.TabletStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a replica is made of.
 *
 * @param group the group's name
 * @param clusterId of the cluster; part of the group's name on the wire, so that the replicas of
 *     two clusters can never talk to each other
 * @param self this replica's peer id
 * @param founders the group's first voters and learners; empty for a replica that joins later and
 *     waits to be added by the leader
 * @param directory of its Raft state
 * @param tablets where its tablet lives
 * @param machines what applies its commands
 * @param housekeepers what the leader proposes by itself
 * @param budget the node's budget for proposals
 * @param room that it has for more
 * @param nodeName names the node behind a peer id, if known
 * @param faults is told when the replica must stop
 */
public record ReplicaSpec(
    String group,
    String clusterId,
    PeerId self,
    Founders founders,
    ReplicaDirectory directory,
    TabletStore tablets,
    List<Machine> machines,
    List<Housekeeper> housekeepers,
    AdmissionBudget budget,
    ReplicaRoom room,
    Function<PeerId, Optional<String>> nodeName,
    FaultHandler faults) {
  /**
   * The first configuration of a group.
   *
   * @param voters who votes
   * @param learners who follows without a vote
   */
  public record Founders(List<PeerId> voters, List<PeerId> learners) {
    /** Nobody: the replica joins an existing group. */
    public static final Founders NONE = new Founders(List.of(), List.of());
  }
}
