package io.raftwood.cli;

/** What the exit codes of all commands mean; 2 (usage) is picocli's own. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;

  /** The answer is no, or what was asked cannot be done. */
  static final int FAILED = 1;

  /** No node answered in time. */
  static final int UNAVAILABLE = 3;

  private ExitCode() {}
}
