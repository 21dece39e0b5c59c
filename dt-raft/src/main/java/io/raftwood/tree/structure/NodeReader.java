package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * The nodes of one tree.
 *
 * @param view the group's state at one moment
 * @param tree the tree's number
 */
record NodeReader(StorageView view, long tree) {
  /** The node of that number, if the tree has one. */
  Optional<NodeRow> find(long node) {
    return view.get(RowKeys.node(tree, node)).map(NodeRow::decode);
  }

  /**
   * A node that another one names.
   *
   * @throws StorageException when it is missing; a fault
   */
  NodeRow node(long node) {
    return find(node)
        .orElseThrow(() -> new StorageException("tree " + tree + " lacks node " + node));
  }

  /** As {@link #node}, for a leaf. */
  LeafRow leaf(long node) {
    if (node(node) instanceof LeafRow leaf) {
      return leaf;
    }
    throw new StorageException("node " + node + " of tree " + tree + " is no leaf");
  }

  /** As {@link #node}, for an inner node. */
  InnerRow inner(long node) {
    if (node(node) instanceof InnerRow inner) {
      return inner;
    }
    throw new StorageException("node " + node + " of tree " + tree + " is a leaf");
  }

  /**
   * The way to the leaf whose range holds {@code key}; reads inner nodes only (and a root leaf).
   */
  Descent descend(Bytes key) {
    NodeRow root = node(TreeRecord.ROOT);
    return root instanceof InnerRow inner
        ? descend(inner, key, this::inner)
        : new Descent(List.of(), TreeRecord.ROOT);
  }

  /**
   * The leaf whose range holds {@code key}; reads only inner nodes that are not in {@code known}.
   */
  long leafOf(Bytes key, KnownInnerRows.OfTree known) {
    Optional<InnerRow> root = known.find(TreeRecord.ROOT);
    if (root.isEmpty()) {
      if (!(node(TreeRecord.ROOT) instanceof InnerRow inner)) {
        return TreeRecord.ROOT;
      }
      known.keep(TreeRecord.ROOT, inner);
      root = Optional.of(inner);
    }
    return descend(root.get(), key, node -> inner(node, known)).leaf();
  }

  private InnerRow inner(long node, KnownInnerRows.OfTree known) {
    Optional<InnerRow> kept = known.find(node);
    if (kept.isPresent()) {
      return kept.get();
    }
    InnerRow row = inner(node);
    known.keep(node, row);
    return row;
  }

  private static Descent descend(InnerRow root, Bytes key, LongFunction<InnerRow> inner) {
    List<Descent.Step> steps = new ArrayList<>();
    long node = TreeRecord.ROOT;
    InnerRow row = root;
    while (true) {
      Descent.Step step = new Descent.Step(node, row, row.indexOf(key));
      steps.add(step);
      node = step.child();
      if (row.level() == 1) {
        return new Descent(steps, node);
      }
      row = inner.apply(node);
    }
  }
}
