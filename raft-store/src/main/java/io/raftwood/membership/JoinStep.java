package io.raftwood.membership;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.Formation;
import java.util.Optional;

/** What a node's handshake does next, as {@link JoinRules} decide. */
sealed interface JoinStep {
  /** Calls the handler's method for this step. */
  <R> R dispatch(Handler<R> handler);

  /** Ask on; {@code reason} says what is missing. */
  record Wait(String reason) implements JoinStep {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.waitFor(this);
    }
  }

  /** Agree to {@code formation}, durably. */
  record Prepare(Formation formation) implements JoinStep {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.prepare(this);
    }
  }

  /** Give up an undecided formation, and with it the incarnation that agreed to it. */
  record Abandon(String reason) implements JoinStep {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.abandon(this);
    }
  }

  /** Ask the meta group to register this incarnation as the node's replacement. */
  record Register(Formation formation) implements JoinStep {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.register(this);
    }
  }

  /** Be a member. */
  record Enter(Formation formation, int index, Optional<ClusterMap> map) implements JoinStep {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.enter(this);
    }
  }

  /** Stop. */
  record Refuse(JoinOutcome.Refused outcome) implements JoinStep {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.refuse(this);
    }
  }

  /** One method for each step. */
  interface Handler<R> {
    /** Handles {@link Wait}. */
    R waitFor(Wait step);

    /** Handles {@link Prepare}. */
    R prepare(Prepare step);

    /** Handles {@link Abandon}. */
    R abandon(Abandon step);

    /** Handles {@link Register}. */
    R register(Register step);

    /** Handles {@link Enter}. */
    R enter(Enter step);

    /** Handles {@link Refuse}. */
    R refuse(Refuse step);
  }
}
