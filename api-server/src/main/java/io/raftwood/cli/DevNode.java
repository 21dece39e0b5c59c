package io.raftwood.cli;

import io.raftwood.server.config.InitialNode;
import java.nio.file.Path;

/**
 * One node of a development cluster and its files.
 *
 * @param node its name and addresses
 * @param dir the cluster's directory, absolute
 */
record DevNode(InitialNode node, Path dir) {
  /** {@code n1}, {@code n2}, ... */
  String name() {
    return node.name();
  }

  /** Its configuration. */
  Path configFile() {
    return dir.resolve(name() + ".yaml");
  }

  /** The number of its process. */
  Path pidFile() {
    return dir.resolve(name() + ".pid");
  }

  /** What its process prints. */
  Path logFile() {
    return dir.resolve(name() + ".log");
  }

  /** All that the node keeps. */
  Path dataDir() {
    return dir.resolve(name());
  }
}
