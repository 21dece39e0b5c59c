package io.raftwood.server.config;

import java.nio.file.Path;

/**
 * Who this node is.
 *
 * @param name stable, unique in the cluster, 1..64 characters of {@code [A-Za-z0-9_.-]}
 * @param dataDir directory of everything the node keeps
 * @param insecure whether ports may listen beyond loopback without authentication; the key is
 *     {@code insecure}
 */
public record NodeConfig(String name, Path dataDir, boolean insecure) {
  /** Checks the ranges of {@link Settings}. */
  public NodeConfig {
    NodeSection.NAME.require(name);
    NodeSection.DATA_DIR.require(dataDir);
  }
}
