package io.raftwood.server.http;

/** A request that is refused before anything was done; no stack trace, since it is ordinary. */
final class RequestRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Outcome outcome;
  private final String detail;

  /** Refuses with {@code outcome}; {@code detail} names what it is about. */
  RequestRefusedException(Outcome outcome, String detail) {
    super(outcome + ":" + detail, null, false, false);
    this.outcome = outcome;
    this.detail = detail;
  }

  /** Why. */
  Outcome outcome() {
    return outcome;
  }

  /** The name of the parameter or header. */
  String detail() {
    return detail;
  }
}
