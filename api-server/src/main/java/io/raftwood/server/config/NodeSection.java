package io.raftwood.server.config;

import java.nio.file.Path;
import java.util.List;

/** The rows of {@link Settings} about the node itself. */
public final class NodeSection {
  /** See {@link NodeConfig#name()}. */
  public static final Setting<String> NAME =
      new Setting<>(
          "node.name",
          SettingTypes.text("1..64 characters A-Za-z0-9_.-", InitialNode::isName),
          "n1",
          "The node's stable name, unique in the cluster.");

  /** See {@link NodeConfig#dataDir()}. */
  public static final Setting<Path> DATA_DIR =
      new Setting<>(
          "node.data-dir",
          SettingTypes.path(),
          "data/server",
          "Directory of everything this node keeps; made when it is missing.");

  /** See {@link NodeConfig#insecure()}. */
  public static final Setting<Boolean> INSECURE =
      new Setting<>(
          "insecure",
          SettingTypes.flag(),
          "false",
          "Allows listening beyond loopback without authentication: whoever reaches a port"
              + " may read and change everything.");

  /** All of them, in the order of the documentation. */
  static final List<Setting<?>> ALL = List.of(NAME, DATA_DIR, INSECURE);

  private NodeSection() {}
}
