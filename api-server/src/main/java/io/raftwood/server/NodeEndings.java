package io.raftwood.server;

import io.raftwood.membership.JoinOutcome;
import io.raftwood.raft.FaultHandler;

/** How a running node ends other than by a stop: by a fault, or because the cluster refuses it. */
interface NodeEndings extends FaultHandler {
  /**
   * The cluster refuses this node after it had begun to serve: it must end. As {@link
   * FaultHandler#fault} in every other respect.
   */
  void refused(JoinOutcome.Refused why);

  /** This node was removed from the cluster: it must stop in order, with the same exit code. */
  void removed(JoinOutcome.Refused why);
}
