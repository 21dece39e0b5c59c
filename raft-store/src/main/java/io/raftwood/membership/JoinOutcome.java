package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.InitialPlacement;
import java.util.Optional;

/** How a node's handshake at start ended. */
public sealed interface JoinOutcome {
  /** Calls the handler's method for this outcome. */
  <R> R dispatch(Handler<R> handler);

  /**
   * The node is a member and may start its replicas.
   *
   * @param identity as saved; phase {@code FORMED}
   * @param map the newest cluster map that a peer told; absent if none did
   */
  record Joined(NodeIdentity identity, Optional<ClusterMap> map) implements JoinOutcome {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.joined(this);
    }

    /**
     * The map that the formation implies: the replicas' initial configuration for a node with index
     * 0. A node with a higher index starts its replicas without any configuration.
     */
    public ClusterMap initialMap() {
      return InitialPlacement.of(identity.formation().orElseThrow());
    }
  }

  /**
   * The node must not start; the process ends with a non-zero code.
   *
   * @param reason what is wrong
   * @param message one sentence that says what is wrong and what to do
   */
  record Refused(Reason reason, String message) implements JoinOutcome {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.refused(this);
    }
  }

  /** Why a node is refused. */
  enum Reason {
    /** The data directory belongs to another cluster than the other nodes'. */
    FOREIGN_CLUSTER,
    /** The incarnation was replaced by a newer one. */
    SUPERSEDED,
    /** The number of starts is not above the recorded one: an old copy of the directory. */
    STARTS_ROLLED_BACK,
    /** A log ends before what this incarnation had reported as committed. */
    LOG_ROLLED_BACK,
    /** The identity file is older than what this incarnation had agreed to. */
    IDENTITY_ROLLED_BACK,
    /** The cluster knows no node of this name. */
    UNKNOWN_NODE,
    /** The initial nodes' configurations contradict each other. */
    PLAN_DIFFERS,
    /** The cluster knows the node by other addresses. */
    ADDRESS_DIFFERS
  }

  /** One method for each outcome. */
  interface Handler<R> {
    /** Handles {@link Joined}. */
    R joined(Joined outcome);

    /** Handles {@link Refused}. */
    R refused(Refused outcome);
  }
}
