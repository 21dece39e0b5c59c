package io.raftwood.cli.tree;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.Target;

/** What requests on trees are about. */
final class TreeTarget {
  private static final String LIST = "raftwood tree list";

  private TreeTarget() {}

  /** All trees. */
  static Target all() {
    return new Target("the trees", LIST, LIST);
  }

  /** A tree. */
  static Target tree(Bytes tree) {
    return new Target(
        "tree " + Target.quoted(tree), "raftwood tree info " + Target.argument(tree), LIST);
  }

  /** A key in a tree. */
  static Target key(Bytes tree, Bytes key) {
    String name = Target.argument(tree);
    return new Target(
        "key " + Target.quoted(key) + " of tree " + Target.quoted(tree),
        "raftwood tree get " + name + " " + Target.argument(key),
        "raftwood tree range " + name);
  }
}
