package io.raftwood.cli;

import java.time.Duration;
import picocli.CommandLine.Option;

/** Whether a change is followed to its end. */
final class WaitOptions {
  @Option(
      names = "--wait",
      description = "Follow the change until it is carried out; on a terminal with progress.")
  private boolean wait;

  @Option(
      names = "--wait-timeout",
      defaultValue = "600",
      paramLabel = "SECONDS",
      description = "How long to follow it (default: ${DEFAULT-VALUE}).")
  private int seconds;

  /** Whether to wait at all. */
  boolean wanted() {
    return wait;
  }

  /** How long to wait. */
  Duration limit() {
    return Duration.ofSeconds(seconds);
  }
}
