package io.raftwood.cli;

import io.raftwood.server.config.LoadedConfig;
import io.raftwood.server.log.Logging;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code raftwood server}: one node in the foreground. */
@Command(
    name = "server",
    mixinStandardHelpOptions = true,
    description = "Runs one node in the foreground until SIGTERM, SIGINT or a fault.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  raftwood server                                 a cluster of one, data in ./data/server",
      "  raftwood server --config /etc/raftwood/n1.yaml",
      "  raftwood server --config n1.yaml --set log.level=debug",
      "  RAFTWOOD_HUSTDB_STRICT=true raftwood server --config n1.yaml",
      "",
      "Exit codes: 0 stopped as asked, 1 the configuration, the data directory or a port cannot be",
      "used, 2 usage, 4 the cluster refuses this node's disk, 5 a fault. The last line of the log",
      "says why."
    })
final class ServerCommand implements Callable<Integer> {
  private final CliContext context;
  @Mixin private ConfigOptions options;

  ServerCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LoadedConfig config = options.load(context.environment());
    Logging.configure(config.config().log());
    return context.runner().run(config);
  }
}
