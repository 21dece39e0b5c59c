package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * The way from the root to a leaf.
 *
 * @param steps the inner nodes, the root first; none if the root is the leaf
 * @param leaf the leaf's number
 */
record Descent(List<Step> steps, long leaf) {
  /**
   * One inner node and the child that was taken.
   *
   * @param node the inner node's number
   * @param row the inner node
   * @param index the index of the child
   */
  record Step(long node, InnerRow row, int index) {
    long child() {
      return row.child(index);
    }

    /** Where the child's range ends, as far as this node knows. */
    Optional<Bytes> high() {
      return index + 1 < row.count() ? Optional.of(row.separator(index + 1)) : Optional.empty();
    }
  }
}
