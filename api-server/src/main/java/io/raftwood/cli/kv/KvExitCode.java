package io.raftwood.cli.kv;

/** What the exit codes of {@code raftwood kv} mean. */
final class KvExitCode {
  /** Done. */
  static final int OK = 0;

  /** Refused, or what was asked cannot be done. */
  static final int FAILED = 1;

  /** The command line is wrong: nothing was sent. */
  static final int USAGE = 2;

  /** No node answered, or none that has a quorum: nothing was done. */
  static final int UNAVAILABLE = 3;

  /** The expected version was not met: nothing was done. */
  static final int CONFLICT = 5;

  /** A write may have taken effect. */
  static final int UNKNOWN = 6;

  /** There is no such record, table or member. */
  static final int NOT_FOUND = 7;

  /** Two replicas hold different copies of a record. */
  static final int DIVERGED = 8;

  private KvExitCode() {}
}
