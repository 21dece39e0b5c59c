package io.raftwood.tree.model;

import io.raftwood.bytes.Bytes;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Every outcome of a command or query on trees. A failed condition is an outcome, never an
 * exception. Versions are mod-revisions: the group's revision at the last write of a key; they
 * never repeat.
 */
public sealed interface TreeResult {
  /** Calls the handler's method for this result. */
  <R> R dispatch(Handler<R> handler);

  /** The tree is there; {@code existed} says whether it was before. */
  record Created(NodeId root, boolean existed) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.created(this);
    }
  }

  /** The tree was there and is no more. */
  record Dropped() implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.dropped(this);
    }
  }

  /** The key was added; {@code leaf} holds it now, splits included. */
  record Inserted(NodeId leaf) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.inserted(this);
    }
  }

  /** The key to insert was there; nothing changed. */
  record KeyExists() implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.keyExists(this);
    }
  }

  /** The key is not there; {@code existed} says whether it was. */
  record Deleted(boolean existed) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.deleted(this);
    }
  }

  /** The key has the new value. */
  record ValueSet() implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.valueSet(this);
    }
  }

  /** The property has the new value. */
  record PropertySet() implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.propertySet(this);
    }
  }

  /** A load happened: how many of its entries were added, and how many keys were there. */
  record Loaded(int inserted, int existing) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.loaded(this);
    }
  }

  /** A purge happened: how many rows were removed, and whether further ones wait. */
  record Purged(int removed, boolean more) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.purged(this);
    }
  }

  /** There is no tree of that name (code 801); nothing changed. */
  record NoSuchTree() implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.noSuchTree(this);
    }
  }

  /** What was expected is not what is stored (code 804); nothing changed. */
  record CompareFailed() implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.compareFailed(this);
    }
  }

  /** There is no such node, or not any more (code 806); nothing changed. */
  record NoSuchNode() implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.noSuchNode(this);
    }
  }

  /** A key's value and version, and the leaf that holds it. */
  record Found(Bytes value, long version, NodeId leaf) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.found(this);
    }
  }

  /** The key is not there. */
  record Absent() implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.absent(this);
    }
  }

  /**
   * What is around a point.
   *
   * @param previous the greatest key below the point; empty = none
   * @param next the least key above the point; empty = none
   * @param exact whether the point itself is a stored key
   */
  record Neighbours(Bytes previous, Bytes next, boolean exact) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.neighbours(this);
    }
  }

  /**
   * A part of a range.
   *
   * @param entries in the order of the walk
   * @param more whether the range has further entries: the limit, or {@link
   *     TreeLimits#PAGE_BYTES_MAX}, was reached; the last key is where to go on from
   */
  record Page(List<TreeEntry> entries, boolean more) implements TreeResult {
    /** Copies the list. */
    public Page {
      entries = List.copyOf(entries);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.page(this);
    }
  }

  /** A tree's figures; {@code height} is 1 for a tree whose root is a leaf. */
  record Info(NodeId root, int height, long entries, long nodes) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.info(this);
    }
  }

  /**
   * Trees in byte order of their names.
   *
   * @param more whether further ones follow the last
   */
  record Trees(List<TreeId> trees, boolean more) implements TreeResult {
    /** Copies the list. */
    public Trees {
      trees = List.copyOf(trees);
    }

    /**
     * Makes one listing of those of several groups.
     *
     * @param groups the answers of all groups to {@link TreeQuery.ListTrees} with the same {@code
     *     from} and {@code limit}
     */
    public static Trees merge(Collection<Trees> groups, int limit) {
      List<TreeId> all =
          groups.stream().flatMap(group -> group.trees.stream()).sorted().distinct().toList();
      boolean cut = all.size() > limit;
      boolean more = cut || groups.stream().anyMatch(Trees::more);
      return new Trees(cut ? all.subList(0, limit) : all, more);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.trees(this);
    }
  }

  /** A tree's root; the same for as long as the tree lives. */
  record Root(NodeId node) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.root(this);
    }
  }

  /** A node's children in key order; none for a leaf. */
  record DownNodes(List<NodeId> nodes) implements TreeResult {
    /** Copies the list. */
    public DownNodes {
      nodes = List.copyOf(nodes);
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.downNodes(this);
    }
  }

  /** A node's parent; absent for the root. */
  record UpNode(Optional<NodeId> node) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.upNode(this);
    }
  }

  /** A node's property; absent = never set (or no upper bound, for {@code sys.high}). */
  record Property(Optional<Bytes> value) implements TreeResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.property(this);
    }
  }

  /** One method for each result: a new result does not compile until everyone handles it. */
  interface Handler<R> {
    /** Handles {@link Created}. */
    R created(Created result);

    /** Handles {@link Dropped}. */
    R dropped(Dropped result);

    /** Handles {@link Inserted}. */
    R inserted(Inserted result);

    /** Handles {@link KeyExists}. */
    R keyExists(KeyExists result);

    /** Handles {@link Deleted}. */
    R deleted(Deleted result);

    /** Handles {@link ValueSet}. */
    R valueSet(ValueSet result);

    /** Handles {@link PropertySet}. */
    R propertySet(PropertySet result);

    /** Handles {@link Loaded}. */
    R loaded(Loaded result);

    /** Handles {@link Purged}. */
    R purged(Purged result);

    /** Handles {@link NoSuchTree}. */
    R noSuchTree(NoSuchTree result);

    /** Handles {@link CompareFailed}. */
    R compareFailed(CompareFailed result);

    /** Handles {@link NoSuchNode}. */
    R noSuchNode(NoSuchNode result);

    /** Handles {@link Found}. */
    R found(Found result);

    /** Handles {@link Absent}. */
    R absent(Absent result);

    /** Handles {@link Neighbours}. */
    R neighbours(Neighbours result);

    /** Handles {@link Page}. */
    R page(Page result);

    /** Handles {@link Info}. */
    R info(Info result);

    /** Handles {@link Trees}. */
    R trees(Trees result);

    /** Handles {@link Root}. */
    R root(Root result);

    /** Handles {@link DownNodes}. */
    R downNodes(DownNodes result);

    /** Handles {@link UpNode}. */
    R upNode(UpNode result);

    /** Handles {@link Property}. */
    R property(Property result);
  }
}
