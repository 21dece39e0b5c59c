package io.raftwood.server.config;

/**
 * The trees that are created through this node.
 *
 * @param autocreate whether a write creates an unknown tree
 * @param leafMax most entries of a leaf
 * @param innerMax most children of an inner tree node
 */
public record DtConfig(boolean autocreate, int leafMax, int innerMax) {
  /** Checks the ranges of {@link Settings}. */
  public DtConfig {
    DtSection.LEAF_MAX.require(leafMax);
    DtSection.INNER_MAX.require(innerMax);
  }
}
