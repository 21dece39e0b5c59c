package io.raftwood.cluster;

import io.raftwood.peer.NodeAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * What the configuration of every initial node must say alike: the initial nodes and the number of
 * data groups.
 *
 * @param dataGroups the number of data groups, 1..{@link InitialPlacement#SLOTS}
 * @param nodes in the order of hustdb's peer numbers; 1..{@link #NODES_MAX}, names distinct
 */
public record FormationPlan(int dataGroups, List<Node> nodes) {
  /** The most initial nodes. */
  public static final int NODES_MAX = 256;

  /** Checks the bounds and copies the list. */
  public FormationPlan {
    nodes = List.copyOf(nodes);
    check(dataGroups, nodes.stream().map(Node::name).toList());
  }

  /** The node called {@code name}. */
  public Optional<Node> node(String name) {
    return nodes.stream().filter(node -> node.name().equals(name)).findFirst();
  }

  static void check(int dataGroups, List<String> names) {
    if (dataGroups < 1 || dataGroups > InitialPlacement.SLOTS) {
      throw new IllegalArgumentException(
          "data groups: " + dataGroups + " is not within 1.." + InitialPlacement.SLOTS);
    }
    if (names.isEmpty() || names.size() > NODES_MAX) {
      throw new IllegalArgumentException(
          "initial nodes: " + names.size() + " is not within 1.." + NODES_MAX);
    }
    if (new HashSet<>(names).size() != names.size()) {
      throw new IllegalArgumentException("initial nodes: a name occurs twice in " + names);
    }
  }

  /**
   * One initial node.
   *
   * @param name stable, 1..64 characters of {@code [A-Za-z0-9_.-]}
   * @param http where clients reach it
   * @param raft where the other nodes reach it
   */
  public record Node(String name, NodeAddress http, NodeAddress raft) {
    /** Checks the form of the name. */
    public Node {
      ClusterFields.checkName(name);
    }
  }
}
