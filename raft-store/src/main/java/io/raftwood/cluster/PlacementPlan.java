package io.raftwood.cluster;

import java.util.List;

/**
 * A change of the placement that was thought out, ready to be proposed.
 *
 * @param marks nodes that are to be emptied, or no longer
 * @param groups the groups that get other voters, or the same in another order
 */
public record PlacementPlan(List<NodeMark> marks, List<GroupPreference> groups) {
  /** Copies the lists. */
  public PlacementPlan {
    marks = List.copyOf(marks);
    groups = List.copyOf(groups);
  }

  /** The command that makes the wish, of a map with {@code epoch}. */
  public ClusterCommand.ChangePlacement command(long epoch) {
    return new ClusterCommand.ChangePlacement(marks, groups, epoch);
  }
}
