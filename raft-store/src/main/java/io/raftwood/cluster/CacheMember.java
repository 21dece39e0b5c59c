package io.raftwood.cluster;

/**
 * What the cluster knows of one node's memory.
 *
 * @param node the node's name
 * @param incarnation 32 hexadecimal digits, drawn when the memory was last empty
 * @param index counts the cache incarnations of this node, from 0; part of the peer ids of its
 *     replicas of cache groups
 */
public record CacheMember(String node, String incarnation, int index) {
  /** Checks the forms. */
  public CacheMember {
    ClusterFields.checkName(node);
    ClusterFields.checkIncarnation(incarnation);
    if (index < 0) {
      throw new IllegalArgumentException("index " + index);
    }
  }
}
