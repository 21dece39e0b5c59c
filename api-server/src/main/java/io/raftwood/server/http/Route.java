package io.raftwood.server.http;

import java.util.function.Consumer;

/**
 * One endpoint.
 *
 * @param path exact
 * @param operation its name in metrics
 * @param family how its outcomes look
 * @param takesBody whether the body is kept for the handler; otherwise it is read and dropped
 * @param method the only method allowed besides {@code HEAD} for {@code GET}; empty = any
 * @param handler answers; must not block
 * @param access who may call it
 */
record Route(
    String path,
    String operation,
    Family family,
    boolean takesBody,
    String method,
    Consumer<Call> handler,
    Access access) {
  private static final int ITEM_BYTES = 128 * 1024;

  /** An endpoint for whom its family is for. */
  Route(
      String path,
      String operation,
      Family family,
      boolean takesBody,
      String method,
      Consumer<Call> handler) {
    this(path, operation, family, takesBody, method, handler, family.access());
  }

  /** This for others. */
  Route with(Access other) {
    return new Route(path, operation, family, takesBody, method, handler, other);
  }

  /** An endpoint that any method reaches and that reads no body. */
  static Route any(String path, Family family, Consumer<Call> handler) {
    return new Route("/" + path, path, family, false, "", handler);
  }

  /** An endpoint that any method reaches and that reads the body. */
  static Route withBody(String path, Family family, Consumer<Call> handler) {
    return new Route("/" + path, path, family, true, "", handler);
  }

  /** An endpoint that one method reaches. */
  static Route only(String method, String path, Family family, Consumer<Call> handler) {
    return new Route("/" + path, path, family, false, method, handler);
  }

  /** A route that is none: answers with {@code outcome}. */
  static Route none(Outcome outcome) {
    return new Route("", "none", Family.NONE, false, "", call -> call.answer(Reply.of(outcome)));
  }

  /** This with a handler that answers {@code reply}, whatever the body. */
  Route refusing(Reply reply) {
    return new Route(path, operation, family, false, "", call -> call.answer(reply), access);
  }

  /** Longest body: an item of a backup is a value with its name and more. */
  int bodyBytesMax(HttpLimits limits) {
    return limits.bodyBytesMax() + (family == Family.ADMIN ? ITEM_BYTES : 0);
  }

  /** Whether {@code candidate} is let through. */
  boolean allows(String candidate) {
    return method.isEmpty()
        || method.equals(candidate)
        || method.equals("GET") && candidate.equals("HEAD");
  }

  /** This with a handler that refuses the method. */
  Route refused() {
    return refusing(Reply.of(Outcome.METHOD_NOT_ALLOWED, method));
  }

  /** The outcome when the store has not answered in time. */
  Outcome takenTooLong() {
    return family.writes() ? Outcome.OUTCOME_UNKNOWN : Outcome.NO_QUORUM;
  }
}
