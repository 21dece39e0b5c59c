package io.raftwood.tree.model;

import java.util.Optional;

/**
 * A tree node's id, unique in the cluster for ever. Its text, {@code <tree>.<node>} in decimal, is
 * opaque to clients and made and read here only.
 *
 * @param tree the tree's number, at least 0
 * @param node the node's number within the tree, at least 0
 */
public record NodeId(long tree, long node) {
  private static final int DIGITS_MAX = 19;

  /** Reads a node id's text; absent when no node can ever have that id. */
  public static Optional<NodeId> parse(String text) {
    int dot = text.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    long tree = number(text.substring(0, dot));
    long node = number(text.substring(dot + 1));
    return tree < 0 || node < 0 ? Optional.empty() : Optional.of(new NodeId(tree, node));
  }

  /** Reads decimal digits without leading zeros, as they are written; -1 when they are not. */
  private static long number(String digits) {
    if (digits.isEmpty() || digits.length() > DIGITS_MAX) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9 || (i == 1 && number == 0)) {
        return -1;
      }
      number = number * 10 + digit;
    }
    // 19 digits overflow at most once, into the negative.
    return Math.max(number, -1);
  }

  /** The slot that the node's tree belongs to. */
  public int slot() {
    return TreeNumber.slotOf(tree);
  }

  /** The id's text. */
  @Override
  public String toString() {
    return tree + "." + node;
  }
}
