package io.raftwood.cli.call;

/** What the exit codes of {@code raftwood kv} mean. */
public final class CallExitCode {
  /** Done. */
  public static final int OK = 0;

  /** Refused, or what was asked cannot be done. */
  public static final int FAILED = 1;

  /** The command line is wrong: nothing was sent. */
  public static final int USAGE = 2;

  /** No node answered, or none that has a quorum, or room on its disks: nothing was done. */
  public static final int UNAVAILABLE = 3;

  /** The expected version was not met: nothing was done. */
  public static final int CONFLICT = 5;

  /** A write may have taken effect. */
  public static final int UNKNOWN = 6;

  /** There is no such record, table or member. */
  public static final int NOT_FOUND = 7;

  /** Two replicas hold different copies of a record. */
  public static final int DIVERGED = 8;

  private CallExitCode() {}
}
