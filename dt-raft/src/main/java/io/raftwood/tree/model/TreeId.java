package io.raftwood.tree.model;

import io.raftwood.bytes.Bytes;

/**
 * A tree's name. Ordered by its bytes.
 *
 * @param name 1..{@link TreeLimits#TREE_ID_BYTES_MAX} bytes, UTF-8 text (the edge sees to that:
 *     here they are bytes)
 */
public record TreeId(Bytes name) implements Comparable<TreeId> {
  /**
   * The namespace of all trees so far: names that are texts. In rows and commands, so that trees
   * with other names can come without a second engine.
   */
  public static final int NAMESPACE = 1;

  /** The tree named {@code text}. */
  public static TreeId of(String text) {
    return new TreeId(Bytes.utf8(text));
  }

  /** The name as text. */
  public String text() {
    return name.toUtf8();
  }

  @Override
  public int compareTo(TreeId other) {
    return name.compareTo(other.name);
  }
}
