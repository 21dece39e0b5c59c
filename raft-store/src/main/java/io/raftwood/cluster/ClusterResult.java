package io.raftwood.cluster;

/**
 * Every outcome of a {@link ClusterCommand}. A refusal is an outcome, never an exception; it
 * changes nothing. Encoded by {@link ClusterResultCodec}.
 */
public sealed interface ClusterResult {
  /** Calls the handler's method for this result. */
  <R> R dispatch(Handler<R> handler);

  /**
   * The command is in force, by this or by an earlier application.
   *
   * @param epoch the map's epoch now
   * @param changed whether this application changed the map
   */
  record Accepted(long epoch, boolean changed) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.accepted(this);
    }
  }

  /**
   * The incarnation is registered, by this or by an earlier application.
   *
   * @param index the node's index with this incarnation, from 0
   * @param epoch the map's epoch now
   */
  record Registered(int index, long epoch) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.registered(this);
    }
  }

  /** There is no cluster map yet. */
  record NotFormed() implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.notFormed(this);
    }
  }

  /** The cluster is another one; {@code clusterId} is its id. */
  record OtherCluster(String clusterId) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.otherCluster(this);
    }
  }

  /** The map lists no node called {@code name}. */
  record UnknownNode(String name) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.unknownNode(this);
    }
  }

  /** The incarnation is not, or no longer, that of the node; {@code current} is. */
  record Superseded(String current) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.superseded(this);
    }
  }

  /** The number of starts is not above {@code recorded}. */
  record RolledBack(long recorded) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.rolledBack(this);
    }
  }

  /** The map has moved on to {@code current}. */
  record EpochMismatch(long current) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.epochMismatch(this);
    }
  }

  /** The change of nodes or placement is impossible; {@code reason} says why, in one clause. */
  record InvalidPlacement(String reason) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.invalidPlacement(this);
    }
  }

  /** The user was not written or removed. */
  record UserRefused(UserRefusal reason) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.userRefused(this);
    }
  }

  /** Why a user was not written or removed. */
  enum UserRefusal {
    /** There is a user of that name. */
    EXISTS,
    /** There is no user of that name. */
    ABSENT,
    /** There are users already. */
    NOT_FIRST,
    /** The first user must be an admin. */
    FIRST_NOT_ADMIN,
    /** Nobody would be an admin any more. */
    LAST_ADMIN,
    /** There are {@link Users#COUNT_MAX} users. */
    TOO_MANY
  }

  /** The id of the slot table was not issued, or is not good. */
  record TableIdRefused(TableIdRefusal reason) implements ClusterResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.tableIdRefused(this);
    }
  }

  /** Why an id was not issued, or is not good. */
  enum TableIdRefusal {
    /** As many ids as may be are outstanding. */
    NO_SLOT,
    /** The id is outstanding already. */
    IN_USE,
    /** The id was never issued, is used up or too old. */
    UNKNOWN
  }

  /** One method for each result. */
  interface Handler<R> {
    /** Handles {@link Accepted}. */
    R accepted(Accepted result);

    /** Handles {@link Registered}. */
    R registered(Registered result);

    /** Handles {@link NotFormed}. */
    R notFormed(NotFormed result);

    /** Handles {@link OtherCluster}. */
    R otherCluster(OtherCluster result);

    /** Handles {@link UnknownNode}. */
    R unknownNode(UnknownNode result);

    /** Handles {@link Superseded}. */
    R superseded(Superseded result);

    /** Handles {@link RolledBack}. */
    R rolledBack(RolledBack result);

    /** Handles {@link EpochMismatch}. */
    R epochMismatch(EpochMismatch result);

    /** Handles {@link InvalidPlacement}. */
    R invalidPlacement(InvalidPlacement result);

    /** Handles {@link UserRefused}. */
    R userRefused(UserRefused result);

    /** Handles {@link TableIdRefused}. */
    R tableIdRefused(TableIdRefused result);
  }
}
