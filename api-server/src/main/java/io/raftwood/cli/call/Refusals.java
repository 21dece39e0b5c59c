package io.raftwood.cli.call;

/** Knows the refusals of one part of the API. */
public interface Refusals {
  /**
   * What a definite answer that is no success means.
   *
   * @param reply with a status other than 200 or an {@code Error}
   */
  CallFailureException of(CallRequest request, CallReply reply);

  /** What a node says that is no node of ours. */
  static String strangeServer(CallReply reply) {
    return reply.endpoint()
        + " answered HTTP "
        + reply.status()
        + " without saying why; is it a Raftwood node? See --endpoints";
  }

  /** What an older node says to a newer command. */
  static String unknownPath(CallRequest request, CallReply reply) {
    return reply.endpoint()
        + " does not serve "
        + request.path()
        + ": it runs an older version; ask another one by --endpoints";
  }

  /** What is said of all else. */
  static String unexplained(CallRequest request, CallReply reply) {
    return reply.endpoint()
        + " answered HTTP "
        + reply.status()
        + " "
        + reply.error()
        + "; docs/api/outcomes.md explains it, '"
        + request.target().listing()
        + "' shows what there is";
  }
}
