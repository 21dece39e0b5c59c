package io.raftwood.admin;

import io.raftwood.peer.NodeAddress;
import java.util.List;
import java.util.Map;

/** What an operator wants of nodes, replicas and leadership. */
public sealed interface NodeChange {
  /** Calls the handler's method for this change. */
  <R> R dispatch(Handler<R> handler);

  /** Adds a node, which then may be started with an empty disk. */
  record Add(String node, NodeAddress http, NodeAddress raft) implements NodeChange {
    /** A node at the addresses {@code http} and {@code raft}, both {@code host:port}. */
    public static Add at(String node, String http, String raft) {
      return new Add(node, NodeAddress.parse(http), NodeAddress.parse(raft));
    }

    /** Whether {@code text} is {@code host:port}, in printable ASCII. */
    public static boolean isAddress(String text) {
      if (!text.matches("[!-~]{1,260}")) {
        return false;
      }
      try {
        NodeAddress.parse(text);
        return true;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.add(this);
    }
  }

  /** Removes a node that has been drained. */
  record Remove(String node) implements NodeChange {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.remove(this);
    }
  }

  /** Gives a node's replicas to others. */
  record Drain(String node) implements NodeChange {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.drain(this);
    }
  }

  /** Lets a node have replicas again. */
  record Undrain(String node) implements NodeChange {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.undrain(this);
    }
  }

  /** Gives all replicas of one node to another. */
  record Replace(String old, String next) implements NodeChange {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.replace(this);
    }
  }

  /**
   * Says who votes in a group.
   *
   * @param voters nodes; the first one is to lead
   * @param mayShrink whether they may be fewer than now
   */
  record Place(String group, List<String> voters, boolean mayShrink) implements NodeChange {
    /** Copies the list. */
    public Place {
      voters = List.copyOf(voters);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.place(this);
    }
  }

  /** Has a group led by one of its voters, now and whenever it can. */
  record Lead(String group, String node) implements NodeChange {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.lead(this);
    }
  }

  /** Spreads leadership evenly. */
  record BalanceLeaders() implements NodeChange {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.balanceLeaders(this);
    }
  }

  /** Spreads replicas evenly. */
  record Spread() implements NodeChange {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.spread(this);
    }
  }

  /**
   * Says of groups who leads them first and second, as a slot table does.
   *
   * @param firsts nodes by group
   */
  record Table(Map<String, List<String>> firsts) implements NodeChange {
    /** Copies the map. */
    public Table {
      firsts = Map.copyOf(firsts);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.table(this);
    }
  }

  /** One method for each change. */
  interface Handler<R> {
    /** Handles {@link Add}. */
    R add(Add change);

    /** Handles {@link Remove}. */
    R remove(Remove change);

    /** Handles {@link Drain}. */
    R drain(Drain change);

    /** Handles {@link Undrain}. */
    R undrain(Undrain change);

    /** Handles {@link Replace}. */
    R replace(Replace change);

    /** Handles {@link Place}. */
    R place(Place change);

    /** Handles {@link Lead}. */
    R lead(Lead change);

    /** Handles {@link BalanceLeaders}. */
    R balanceLeaders(BalanceLeaders change);

    /** Handles {@link Spread}. */
    R spread(Spread change);

    /** Handles {@link Table}. */
    R table(Table change);
  }
}
