package io.raftwood.cluster;

/**
 * A vote in a cache group.
 *
 * @param node the node's name
 * @param index of the cache incarnation that votes
 */
public record CacheSeat(String node, int index) {
  /** Checks name and bound. */
  public CacheSeat {
    ClusterFields.checkName(node);
    if (index < 0) {
      throw new IllegalArgumentException("index " + index);
    }
  }
}
