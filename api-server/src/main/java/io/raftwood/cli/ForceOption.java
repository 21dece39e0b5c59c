package io.raftwood.cli;

import picocli.CommandLine.Option;

/** {@code --force} of commands that change the placement. */
final class ForceOption {
  @Option(
      names = "--force",
      description = "Go on though a change of the same groups is under way, or a group shrinks.")
  private boolean force;

  /** What to append to a query. */
  String parameter() {
    return force ? "&force=true" : "";
  }
}
