package io.raftwood.bench.torture.network;

import java.io.IOException;
import java.util.Optional;

/** Finds out what network this machine can give. */
public final class Networks {
  private Networks() {}

  /** What network is wanted. */
  public enum Choice {
    /** Namespaces if they can be had, else loopback. */
    AUTO,
    /** Namespaces or nothing. */
    NAMESPACES,
    /** All nodes on 127.0.0.1. */
    LOOPBACK
  }

  /**
   * Makes a network for a new cluster.
   *
   * @param firstPort where free ports are looked for on loopback
   * @throws IOException if what is wanted cannot be had
   */
  public static Network open(Choice choice, int nodes, int firstPort) throws IOException {
    Optional<String> limitation =
        choice == Choice.LOOPBACK ? Optional.of("loopback was asked for") : Namespaces.limitation();
    if (limitation.isPresent() && choice == Choice.NAMESPACES) {
      throw new IOException(limitation.get());
    }
    if (limitation.isPresent()) {
      return LoopbackNetwork.open(nodes, firstPort, limitation.get());
    }
    try {
      return NamespaceNetwork.open(nodes);
    } catch (IOException e) {
      if (choice == Choice.NAMESPACES) {
        throw e;
      }
      return LoopbackNetwork.open(nodes, firstPort, "no namespaces: " + e.getMessage());
    }
  }
}
