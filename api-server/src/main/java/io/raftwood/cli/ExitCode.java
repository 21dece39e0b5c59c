package io.raftwood.cli;

/** What the exit codes of all commands mean; 2 (usage) is picocli's own. */
final class ExitCode {
  /** Done. */
  static final int OK = 0;

  /** The answer is no, or what was asked cannot be done. */
  static final int FAILED = 1;

  /** No node answered in time. */
  static final int UNAVAILABLE = 3;

  /** A change cannot be made, or crosses one that is under way: nothing was done. */
  static final int CONFLICT = 5;

  private ExitCode() {}
}
