package io.raftwood.cli.call;

/** Ends a command with an exit code and a message for people. */
public final class CallFailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String token;
  private final String reason;

  /** Ends with {@code exitCode} after {@code message} is printed; nothing is, if it is empty. */
  public CallFailureException(int exitCode, String message) {
    this(exitCode, "", message);
  }

  /** As {@link #CallFailureException(int, String)}, with what to do on a line of its own. */
  static CallFailureException advised(int exitCode, String reason, String advice) {
    return new CallFailureException(exitCode, "", reason, reason + "\n" + advice);
  }

  /** Because a node refused with {@code Error: token}. */
  public CallFailureException(int exitCode, String token, String message) {
    this(exitCode, token, message, message);
  }

  private CallFailureException(int exitCode, String token, String reason, String message) {
    super(message);
    this.exitCode = exitCode;
    this.token = token;
    this.reason = reason;
  }

  /** The command line is wrong. */
  public static CallFailureException usage(String message) {
    return new CallFailureException(CallExitCode.USAGE, message);
  }

  /** What the process ends with. */
  public int exitCode() {
    return exitCode;
  }

  /** The node's {@code Error}, or empty. */
  public String token() {
    return token;
  }

  /** The message without the advice what to do. */
  public String reason() {
    return reason;
  }
}
