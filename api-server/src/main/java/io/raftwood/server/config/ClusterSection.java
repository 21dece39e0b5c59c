package io.raftwood.server.config;

import java.util.List;
import java.util.Optional;

/** The rows of {@link Settings} about the cluster that is founded. */
public final class ClusterSection {
  private static final int NODES_MAX = 64;

  /** See {@link ClusterConfig#name()}. */
  public static final Setting<Optional<String>> NAME =
      new Setting<>(
          "cluster.name",
          SettingTypes.optionalText("1..64 characters A-Za-z0-9_.-, or empty", InitialNode::isName),
          "",
          "A name for people, shown in status and logs.");

  /** See {@link ClusterConfig#initialNodes()}. */
  public static final Setting<List<InitialNode>> INITIAL_NODES =
      new Setting<>(
          "cluster.initial-nodes",
          SettingTypes.nodes(NODES_MAX),
          "",
          "The nodes that the cluster is made of at its birth, equal on all of them; empty ="
              + " this node alone.");

  /** See {@link ClusterConfig#dataGroups()}. */
  public static final Setting<Integer> DATA_GROUPS =
      new Setting<>(
          "cluster.data-groups",
          SettingTypes.integer(1, 64),
          "1",
          "Raft groups that the 1024 slots are divided into; decided once, when the cluster is"
              + " created.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(NAME, INITIAL_NODES, DATA_GROUPS);

  private ClusterSection() {}
}
