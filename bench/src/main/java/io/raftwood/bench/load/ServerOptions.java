package io.raftwood.bench.load;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say whose CPU time is measured. */
final class ServerOptions {
  @Option(
      names = "--pids",
      split = ",",
      description = "server processes, for their CPU time (default: from --data)")
  private List<Long> pids = new ArrayList<>();

  @Option(
      names = "--data",
      defaultValue = "data",
      description = "directory of a dev cluster with its pid files (default: data)")
  private Path data;

  /** The processes that the options name. */
  ServerProcesses processes() {
    return pids.isEmpty() ? ServerProcesses.of(data) : new ServerProcesses(pids);
  }
}
