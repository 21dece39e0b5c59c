package io.raftwood.cluster;

import java.util.Locale;

/** What a node's part in the cluster is meant to be. */
public enum NodeStanding {
  /** Hosts replicas, and may be given more. */
  ACTIVE(0),
  /** Is given no more replicas; those that it has go elsewhere. */
  DRAINING(1),
  /** Is removed; it is still listed until its replica of the meta group is gone. */
  LEAVING(2);

  private final int tag;

  NodeStanding(int tag) {
    this.tag = tag;
  }

  /** The tag in the formats; never reused. */
  int tag() {
    return tag;
  }

  /** The word shown to operators. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The standing with {@code tag}.
   *
   * @throws IllegalArgumentException when there is none
   */
  static NodeStanding of(int tag) {
    for (NodeStanding standing : values()) {
      if (standing.tag == tag) {
        return standing;
      }
    }
    throw new IllegalArgumentException("no standing has tag " + tag);
  }
}
