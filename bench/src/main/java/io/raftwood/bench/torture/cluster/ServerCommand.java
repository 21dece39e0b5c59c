package io.raftwood.bench.torture.cluster;

import java.nio.file.Path;
import java.util.List;

/** How a server is started: the one thing that this module must be told of the others. */
@FunctionalInterface
public interface ServerCommand {
  /**
   * The command line of a server in the foreground.
   *
   * @param configFile its settings
   * @param jvmFlags flags of its JVM beside the usual ones
   */
  List<String> words(Path configFile, List<String> jvmFlags);
}
