package io.raftwood.cluster;

/**
 * What a node's standing becomes.
 *
 * @param node the node's name
 * @param standing {@code ACTIVE} or {@code DRAINING}; who leaves is said by {@link
 *     ClusterCommand.RemoveNode}
 */
public record NodeMark(String node, NodeStanding standing) {
  /** Checks name and standing. */
  public NodeMark {
    ClusterFields.checkName(node);
    if (standing == NodeStanding.LEAVING) {
      throw new IllegalArgumentException("a mark removes no node");
    }
  }
}
