package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.structure.Descent.Step;
import io.raftwood.tree.structure.InnerRow.Child;
import java.util.List;

/**
 * Mends nodes that are under their minimum, with a sibling under the same parent: if both fit into
 * one node the left absorbs the right, whose id dies; else both get half.
 */
record NodeMerge(NodeWriter tree) {
  /** Mends the leaf at the end of {@code path} (not the root), and what becomes small above it. */
  void mendLeaf(Descent path) {
    List<Step> ancestors = path.steps();
    Pair pair = Pair.of(ancestors.get(ancestors.size() - 1));
    LeafRow left = tree.reader().leaf(pair.leftId());
    LeafRow right = tree.reader().leaf(pair.rightId());
    int count = left.count() + right.count();
    if (count <= tree.fanout().leafMax()) {
      tree.put(pair.leftId(), new LeafRow(left.low(), count));
      absorb(ancestors, pair, 0);
      return;
    }
    Bytes boundary = tree.keyBehind(left.low(), count / 2);
    tree.put(pair.leftId(), new LeafRow(left.low(), count / 2));
    tree.put(pair.rightId(), new LeafRow(boundary, count - count / 2));
    moveBoundary(pair, boundary);
  }

  /** Mends the inner node at the end of {@code path} (not the root). */
  private void mendInner(List<Step> path) {
    List<Step> ancestors = path.subList(0, path.size() - 1);
    Pair pair = Pair.of(ancestors.get(ancestors.size() - 1));
    InnerRow left = tree.reader().inner(pair.leftId());
    int level = left.level();
    List<Child> children = left.children();
    children.addAll(tree.reader().inner(pair.rightId()).children());
    if (children.size() <= tree.fanout().innerMax()) {
      tree.put(pair.leftId(), InnerRow.of(level, children));
      absorb(ancestors, pair, level);
      return;
    }
    int cut = children.size() / 2;
    tree.put(pair.leftId(), InnerRow.of(level, children.subList(0, cut)));
    tree.put(pair.rightId(), InnerRow.of(level, children.subList(cut, children.size())));
    moveBoundary(pair, children.get(cut).separator());
  }

  private void moveBoundary(Pair pair, Bytes boundary) {
    Step parent = pair.parent();
    tree.put(parent.node(), parent.row().withSeparator(pair.left() + 1, boundary));
  }

  private void absorb(List<Step> ancestors, Pair pair, int level) {
    tree.kill(pair.rightId());
    tree.mergeHappened(level);
    Step parent = pair.parent();
    InnerRow row = parent.row().without(pair.left() + 1);
    if (parent.node() == TreeRecord.ROOT) {
      putRoot(row);
      return;
    }
    tree.put(parent.node(), row);
    if (row.count() < tree.fanout().innerMin()) {
      mendInner(ancestors);
    }
  }

  /** A root with one child takes over its content. */
  private void putRoot(InnerRow row) {
    NodeRow root = row;
    while (root instanceof InnerRow inner && inner.count() == 1) {
      root = tree.reader().node(inner.child(0));
      tree.kill(inner.child(0));
    }
    tree.putRoot(root);
  }

  /**
   * Two siblings next to each other.
   *
   * @param parent their parent
   * @param left the index of the left one
   */
  private record Pair(Step parent, int left) {
    /** The child that was taken and its left sibling; the right one if it is the first. */
    static Pair of(Step parent) {
      return new Pair(parent, Math.max(0, parent.index() - 1));
    }

    long leftId() {
      return parent.row().child(left);
    }

    long rightId() {
      return parent.row().child(left + 1);
    }
  }
}
