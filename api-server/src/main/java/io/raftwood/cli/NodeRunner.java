package io.raftwood.cli;

import io.raftwood.server.config.LoadedConfig;

/** Runs one node in the foreground: the seam between the command line and the server. */
@FunctionalInterface
public interface NodeRunner {
  /**
   * Runs until the node is stopped by a signal or by a fault; logging is configured already.
   *
   * @return the exit code of the process: 0 after a clean stop
   */
  int run(LoadedConfig config);
}
