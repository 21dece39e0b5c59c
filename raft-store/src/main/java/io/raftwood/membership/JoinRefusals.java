package io.raftwood.membership;

import io.raftwood.cluster.FormationPlan;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.membership.JoinOutcome.Reason;
import io.raftwood.peer.NodeAddress;

/** The sentences of all refusals, in one place. */
final class JoinRefusals {
  private static final String REPLACE =
      ": empty the data directory, and the node rejoins as a replacement";

  private JoinRefusals() {}

  static JoinStep.Refuse foreign(NodeIdentity self, NodeIdentity other) {
    return refuse(
        Reason.FOREIGN_CLUSTER,
        "the data directory of node '"
            + self.name()
            + "' belongs to cluster "
            + self.clusterId().orElse("(none)")
            + ", but node '"
            + other.name()
            + "' belongs to cluster "
            + other.clusterId().orElse("(none)")
            + ": configure the nodes and the data directory of one cluster, or empty the data"
            + " directory to join the other nodes' cluster as a replacement");
  }

  static JoinStep.Refuse contradictory(NodeIdentity one, NodeIdentity other) {
    return refuse(
        Reason.FOREIGN_CLUSTER,
        "nodes '"
            + one.name()
            + "' and '"
            + other.name()
            + "' belong to different clusters ("
            + one.clusterId().orElse("(none)")
            + ", "
            + other.clusterId().orElse("(none)")
            + "): correct the list of initial nodes");
  }

  static JoinStep.Refuse superseded(NodeIdentity self, String current) {
    return refuse(
        Reason.SUPERSEDED,
        "incarnation "
            + self.incarnation()
            + " of node '"
            + self.name()
            + "' was replaced by "
            + current
            + ", this data directory is an old one"
            + REPLACE);
  }

  static JoinStep.Refuse startsRolledBack(NodeIdentity self, long recorded) {
    return refuse(
        Reason.STARTS_ROLLED_BACK,
        "the data directory of node '"
            + self.name()
            + "' counts "
            + self.starts()
            + " starts but the cluster has seen "
            + recorded
            + ", it is an old copy"
            + REPLACE);
  }

  static JoinStep.Refuse logRolledBack(NodeIdentity self, String group, long last, long reported) {
    return refuse(
        Reason.LOG_ROLLED_BACK,
        "the log of group '"
            + group
            + "' on node '"
            + self.name()
            + "' ends at "
            + last
            + " but the node had reported "
            + reported
            + " as committed, the disk was rolled back"
            + REPLACE);
  }

  static JoinStep.Refuse identityRolledBack(NodeIdentity self) {
    return refuse(
        Reason.IDENTITY_ROLLED_BACK,
        "the cluster lists incarnation "
            + self.incarnation()
            + " of node '"
            + self.name()
            + "', but the identity file here never agreed to that, it is an old copy"
            + REPLACE);
  }

  static JoinStep.Refuse unknown(NodeIdentity self, String clusterId, FormationPlan.Node node) {
    return refuse(
        Reason.UNKNOWN_NODE,
        "cluster "
            + clusterId
            + " has no node '"
            + self.name()
            + "': add it with 'raftwood admin nodes add "
            + self.name()
            + " --http "
            + node.http()
            + " --raft "
            + node.raft()
            + " --endpoints' and the HTTP address of one of its nodes, then start this one again");
  }

  static JoinStep.Refuse removed(NodeIdentity self) {
    return refuse(
        Reason.UNKNOWN_NODE,
        "node '"
            + self.name()
            + "' was removed from cluster "
            + self.clusterId().orElse("(none)")
            + ": to have it back, empty its data directory, add it with 'raftwood admin nodes add "
            + self.name()
            + "' and start it again");
  }

  static JoinStep.Refuse planDiffers(NodeIdentity self, NodeIdentity other) {
    return refuse(
        Reason.PLAN_DIFFERS,
        "nodes '"
            + self.name()
            + "' and '"
            + other.name()
            + "' are configured with different initial nodes or numbers of groups: make both"
            + " settings equal on all nodes, in the same order");
  }

  static JoinStep.Refuse misnamed(NodeIdentity self, String expected, NodeIdentity found) {
    return refuse(
        Reason.PLAN_DIFFERS,
        "the node that node '"
            + self.name()
            + "' has configured as '"
            + expected
            + "' calls itself '"
            + found.name()
            + "': correct the names and addresses of the initial nodes");
  }

  static JoinStep.Refuse addressDiffers(NodeRecord known, NodeAddress http, NodeAddress raft) {
    return refuse(
        Reason.ADDRESS_DIFFERS,
        "the cluster knows node '"
            + known.name()
            + "' at http "
            + known.http()
            + " and raft "
            + known.raft()
            + ", but it is configured with http "
            + http
            + " and raft "
            + raft
            + ": configure the known addresses");
  }

  private static JoinStep.Refuse refuse(Reason reason, String message) {
    return new JoinStep.Refuse(new JoinOutcome.Refused(reason, message));
  }
}
