package io.raftwood.cli;

import io.raftwood.server.config.ConfigLoader;
import io.raftwood.server.config.LoadedConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a node's configuration. */
final class ConfigOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "YAML file; without it: defaults, environment and flags alone.")
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides one setting; may be repeated. See docs/configuration.md.")
  private List<String> flags = new ArrayList<>();

  @Option(
      names = "--insecure",
      description = "As --set insecure=true: allows listening beyond loopback without passwords.")
  private boolean insecure;

  /** Loads what the options and {@code environment} say. */
  LoadedConfig load(Map<String, String> environment) {
    List<String> all = new ArrayList<>(flags);
    if (insecure) {
      all.add("insecure=true");
    }
    return ConfigLoader.load(Optional.ofNullable(file), environment, all);
  }
}
