package io.raftwood.server;

import io.raftwood.membership.DataDirectory;
import io.raftwood.membership.DataDirectoryException;
import io.raftwood.server.config.ServerConfig;

/** Empties the disk of a node that does not run. */
public final class NodeWipe {
  private NodeWipe() {}

  /**
   * Empties the data directory that {@code config} names. Blocks.
   *
   * @throws NotWipedException when it is in use, is not a node's, or cannot be emptied
   */
  public static void run(ServerConfig config) throws NotWipedException {
    try {
      DataDirectory.wipe(config.node().dataDir(), ServerNode.STATE_ENTRIES);
    } catch (DataDirectoryException e) {
      throw new NotWipedException(e.getMessage(), e);
    }
  }

  /** The directory could not be emptied. */
  public static final class NotWipedException extends Exception {
    private static final long serialVersionUID = 1L;

    NotWipedException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
