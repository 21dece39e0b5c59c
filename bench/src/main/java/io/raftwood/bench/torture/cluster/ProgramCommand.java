package io.raftwood.bench.torture.cluster;

import java.util.List;

/** How this program is started: the one thing that this module must be told of the others. */
@FunctionalInterface
public interface ProgramCommand {
  /**
   * The command line of the program.
   *
   * @param jvmFlags flags of its JVM beside the usual ones
   * @param arguments of the program, such as {@code server --config FILE}
   */
  List<String> words(List<String> jvmFlags, List<String> arguments);
}
