package io.raftwood.tree.model;

import io.raftwood.bytes.Bytes;

/**
 * What reads trees. Immutable; bounds as in {@link TreeLimits}. Each is answered from one moment. A
 * query that names a tree may be answered with {@link TreeResult.NoSuchTree}, one that names a node
 * with {@link TreeResult.NoSuchNode}.
 */
public sealed interface TreeQuery {
  /** Calls the handler's method for this query. */
  <R> R dispatch(Handler<R> handler);

  /** A key's value: {@link TreeResult.Found} or {@link TreeResult.Absent}. */
  record Get(TreeId tree, Bytes key) implements TreeQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.get(this);
    }
  }

  /**
   * The keys next to a point: {@link TreeResult.Neighbours}.
   *
   * @param key 0..{@link TreeLimits#KEY_BYTES_MAX} bytes; empty = before every key
   */
  record Seek(TreeId tree, Bytes key) implements TreeQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.seek(this);
    }
  }

  /**
   * Entries in key order, upwards or downwards: {@link TreeResult.Page}.
   *
   * @param from where to start, exclusive; empty = from the end that the walk starts at
   * @param to where to end, inclusive; empty = to the other end
   * @param limit 1..{@link TreeLimits#PAGE_ENTRIES_MAX}
   * @param reverse whether to walk downwards
   */
  record Range(TreeId tree, Bytes from, Bytes to, int limit, boolean reverse) implements TreeQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.range(this);
    }
  }

  /** A tree's figures: {@link TreeResult.Info}. */
  record GetInfo(TreeId tree) implements TreeQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.getInfo(this);
    }
  }

  /**
   * The trees of one group in byte order of their names: {@link TreeResult.Trees}.
   *
   * @param from exclusive; 0..{@link TreeLimits#TREE_ID_BYTES_MAX} bytes, empty = from the first
   * @param limit 1..{@link TreeLimits#PAGE_ENTRIES_MAX}
   */
  record ListTrees(Bytes from, int limit) implements TreeQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.listTrees(this);
    }
  }

  /** A tree's root: {@link TreeResult.Root}. */
  record GetRoot(TreeId tree) implements TreeQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.getRoot(this);
    }
  }

  /** A node's children: {@link TreeResult.DownNodes}. */
  record GetDownNodes(NodeId node) implements TreeQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.getDownNodes(this);
    }
  }

  /** A node's parent: {@link TreeResult.UpNode}. */
  record GetUpNode(NodeId node) implements TreeQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.getUpNode(this);
    }
  }

  /** A node's property, a client's or a system's: {@link TreeResult.Property}. */
  record GetMetaProp(NodeId node, Bytes name) implements TreeQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.getMetaProp(this);
    }
  }

  /** One method for each query. */
  interface Handler<R> {
    /** Handles {@link Get}. */
    R get(Get query);

    /** Handles {@link Seek}. */
    R seek(Seek query);

    /** Handles {@link Range}. */
    R range(Range query);

    /** Handles {@link GetInfo}. */
    R getInfo(GetInfo query);

    /** Handles {@link ListTrees}. */
    R listTrees(ListTrees query);

    /** Handles {@link GetRoot}. */
    R getRoot(GetRoot query);

    /** Handles {@link GetDownNodes}. */
    R getDownNodes(GetDownNodes query);

    /** Handles {@link GetUpNode}. */
    R getUpNode(GetUpNode query);

    /** Handles {@link GetMetaProp}. */
    R getMetaProp(GetMetaProp query);
  }
}
