package io.raftwood.cli.kv;

/** Ends a command with an exit code and a message for people. */
public final class KvFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String token;

  /** Ends with {@code exitCode} after {@code message} is printed; nothing is, if it is empty. */
  KvFailureException(int exitCode, String message) {
    this(exitCode, "", message);
  }

  /** Because a node refused with {@code Error: token}. */
  KvFailureException(int exitCode, String token, String message) {
    super(message);
    this.exitCode = exitCode;
    this.token = token;
  }

  /** The command line is wrong. */
  static KvFailureException usage(String message) {
    return new KvFailureException(KvExitCode.USAGE, message);
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }

  /** The node's {@code Error}, or empty. */
  String token() {
    return token;
  }
}
