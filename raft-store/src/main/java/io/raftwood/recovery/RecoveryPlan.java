package io.raftwood.recovery;

import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.Formation;
import io.raftwood.cluster.GroupPreference;
import java.util.List;
import java.util.Optional;

/**
 * What a recovery is going to do.
 *
 * @param formerClusterId the id of the cluster that lost its majority
 * @param formation of the cluster of the survivors. No survivor has the incarnation that it lists,
 *     so that nobody ever founds a group by it
 * @param lost the names of the nodes that are given up
 * @param groups the meta group first
 */
public record RecoveryPlan(
    String formerClusterId, Formation formation, List<String> lost, List<Choice> groups) {
  /** Copies the lists. */
  public RecoveryPlan {
    lost = List.copyOf(lost);
    groups = List.copyOf(groups);
  }

  /**
   * Whose log a group goes on with.
   *
   * @param group the group's name
   * @param node the survivor with the longest log
   * @param lastTerm the term of that log's last entry
   * @param lastIndex the log index of that entry
   * @param dropped the voters that are lost, by node name where it is known
   * @param others where the logs of the other survivors end: {@code n4 at 3/120}
   */
  public record Choice(
      String group,
      String node,
      long lastTerm,
      long lastIndex,
      List<String> dropped,
      List<String> others) {
    /** Copies the lists. */
    public Choice {
      dropped = List.copyOf(dropped);
      others = List.copyOf(others);
    }
  }

  /** The words that an operator has to type: {@code lose n1 n2}. */
  public String phrase() {
    return "lose " + (lost.isEmpty() ? "nothing" : String.join(" ", lost));
  }

  /** Whose log {@code group} goes on with. */
  public Optional<Choice> choice(String group) {
    return groups.stream().filter(choice -> choice.group().equals(group)).findFirst();
  }

  /** What is told to the meta group. */
  public ClusterCommand.RecoverCluster command() {
    return new ClusterCommand.RecoverCluster(
        formation,
        groups.stream()
            .map(choice -> new GroupPreference(choice.group(), List.of(choice.node())))
            .toList());
  }
}
