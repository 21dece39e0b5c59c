package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    List<Descent.Step> steps = new ArrayList<>();
    NodeRow root = node(TreeRecord.ROOT);
    if (root instanceof LeafRow) {
      return new Descent(steps, TreeRecord.ROOT);
    }
    long node = TreeRecord.ROOT;
    InnerRow row = (InnerRow) root;
    while (true) {
      Descent.Step step = new Descent.Step(node, row, row.indexOf(key));
      steps.add(step);
      node = step.child();
      if (row.level() == 1) {
        return new Descent(steps, node);
      }
      row = inner(node);
    }
  }
}
