package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.tree.structure.Descent.Step;
import io.raftwood.tree.structure.InnerRow.Child;
import java.util.List;

/**
 * Cuts nodes that are over their maximum in half: the left half keeps the id, the right half gets a
 * new one. The root keeps its id too: its left half moves into a new node as well, and it becomes
 * the parent of both.
 */
record NodeSplit(NodeWriter tree) {
  /**
   * Splits the leaf at the end of {@code path}, and what becomes too large above it.
   *
   * @param full the leaf's new row, over its maximum
   * @param key a key in its range
   * @return the leaf that holds {@code key} now
   */
  long splitLeaf(Descent path, LeafRow full, Bytes key) {
    int leftCount = full.count() / 2;
    Bytes boundary = tree.keyBehind(full.low(), leftCount);
    long left = leftId(path.leaf());
    long right = tree.allocate();
    tree.put(left, new LeafRow(full.low(), leftCount));
    tree.put(right, new LeafRow(boundary, full.count() - leftCount));
    attach(path.steps(), 0, left, new Child(boundary, right));
    return key.compareTo(boundary) < 0 ? left : right;
  }

  private long leftId(long node) {
    return node == TreeRecord.ROOT ? tree.allocate() : node;
  }

  /**
   * Adds a new right half to the parent.
   *
   * @param ancestors the inner nodes above, the parent last; none = the root was split
   */
  private void attach(List<Step> ancestors, int level, long left, Child right) {
    tree.splitHappened(level);
    if (ancestors.isEmpty()) {
      tree.putRoot(InnerRow.of(level + 1, List.of(new Child(Bytes.EMPTY, left), right)));
      return;
    }
    Step parent = ancestors.get(ancestors.size() - 1);
    List<Child> children = parent.row().children();
    children.add(parent.index() + 1, right);
    if (children.size() <= tree.fanout().innerMax()) {
      tree.put(parent.node(), InnerRow.of(level + 1, children));
    } else {
      splitInner(ancestors, level + 1, children);
    }
  }

  private void splitInner(List<Step> path, int level, List<Child> children) {
    int cut = children.size() / 2;
    long left = leftId(path.get(path.size() - 1).node());
    long right = tree.allocate();
    tree.put(left, InnerRow.of(level, children.subList(0, cut)));
    tree.put(right, InnerRow.of(level, children.subList(cut, children.size())));
    Child attached = new Child(children.get(cut).separator(), right);
    attach(path.subList(0, path.size() - 1), level, left, attached);
  }
}
