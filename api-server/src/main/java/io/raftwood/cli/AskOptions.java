package io.raftwood.cli;

import io.raftwood.cli.call.CredentialOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whom to ask, as whom, and how to print. */
final class AskOptions {
  @Option(
      names = {"-e", "--endpoints"},
      split = ",",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8082,127.0.0.1:8083,127.0.0.1:8084",
      description = "HTTP addresses of nodes, asked in turn (default: ${DEFAULT-VALUE}).")
  private List<String> endpoints;

  @Option(
      names = {"-o", "--output"},
      defaultValue = "table",
      description = "One of: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Output output;

  @Option(
      names = "--timeout",
      defaultValue = "30",
      paramLabel = "SECONDS",
      description = "How long to wait for each node (default: ${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  @Mixin private CredentialOptions credentials = new CredentialOptions();

  /** How a result is printed. */
  enum Output {
    /** For people. */
    table,
    /** For programs: the node's answer as it is. */
    json
  }

  /** The nodes. */
  List<String> endpoints() {
    return endpoints;
  }

  /** Whether the node's answer is wanted as it is. */
  boolean json() {
    return output == Output.json;
  }

  /** How long to wait for each node. */
  Duration timeout() {
    return Duration.ofSeconds(timeoutSeconds);
  }

  /** As whom to ask. */
  Optional<String> authorization() {
    return credentials.header();
  }
}
