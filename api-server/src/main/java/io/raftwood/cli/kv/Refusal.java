package io.raftwood.cli.kv;

import java.util.OptionalLong;

/** What is said, and done by a reader, when a request did not succeed. */
final class Refusal {
  private static final String CHECK = "'raftwood admin status' shows who leads what";

  private Refusal() {}

  /** A definite answer other than 200. */
  static KvFailureException of(KvRequest request, KvReply reply) {
    Target target = request.target();
    String error = reply.error();
    int colon = error.indexOf(':');
    String token = colon < 0 ? error : error.substring(0, colon);
    String detail = colon < 0 ? "it" : error.substring(colon + 1);
    switch (token) {
      case "not-found":
        return new KvFailureException(
            KvExitCode.NOT_FOUND,
            error,
            target.text() + " does not exist; '" + target.listing() + "' shows what does");
      case "version-conflict":
        return new KvFailureException(KvExitCode.CONFLICT, error, conflict(target, reply));
      default:
        return new KvFailureException(
            KvExitCode.FAILED, error, target.text() + ": " + text(request, reply, token, detail));
    }
  }

  private static String conflict(Target target, KvReply reply) {
    OptionalLong version = reply.version();
    boolean told = version.isPresent() && version.getAsLong() != 0;
    return told
        ? target.text()
            + " has version "
            + version.getAsLong()
            + ": nothing was changed; look at it by '"
            + target.reading()
            + "' and repeat with --ver "
            + version.getAsLong()
        : target.text()
            + " does not have the expected version: nothing was changed; '"
            + target.reading()
            + " -o table' shows its version";
  }

  private static String text(KvRequest request, KvReply reply, String token, String detail) {
    String listing = request.target().listing();
    switch (token) {
      case "wrong-kind":
        return "the table holds records of another kind; 'raftwood kv stat --tables' shows kinds";
      case "not-a-number":
        return "it holds no whole number, nothing was changed; look at it by '"
            + request.target().reading()
            + "'";
      case "out-of-range":
        return "the sum would leave -2^63..2^63-1, nothing was changed; take a smaller step";
      case "page-too-large":
        return "the page is too large; ask for fewer records at a time";
      case "too-long", "body-too-large":
        return detail + " is too long for the node; docs/api/hustdb.md has the limits";
      case "missing-parameter", "malformed-parameter", "duplicate-parameter", "empty-range":
        return "the node does not accept " + detail + " (" + reply.error() + "); see --help";
      case "unknown-path":
        return reply.endpoint()
            + " does not serve "
            + request.path()
            + ": it runs an older version; ask another one by --endpoints";
      case "":
        return reply.endpoint()
            + " answered HTTP "
            + reply.status()
            + " without saying why; is it a Raftwood node? See --endpoints";
      default:
        return reply.endpoint()
            + " answered HTTP "
            + reply.status()
            + " "
            + reply.error()
            + "; docs/api/outcomes.md explains it, '"
            + listing
            + "' shows what there is";
    }
  }

  /** Nobody carried it out. */
  static KvFailureException unavailable(KvRequest request, String reasons, boolean somebodyThere) {
    String done = request.idempotencyKey().isPresent() ? ", nothing was changed" : "";
    String next =
        somebodyThere
            ? CHECK + "; repeat the command when there is a leader"
            : "start one by 'raftwood dev --detach', or name others by --endpoints";
    return new KvFailureException(
        KvExitCode.UNAVAILABLE,
        request.target().text() + ": no node could answer" + done + ":" + reasons + "\n" + next);
  }

  /** Somebody may have carried it out. */
  static KvFailureException unknown(KvRequest request, String reasons) {
    return new KvFailureException(
        KvExitCode.UNKNOWN,
        request.target().text()
            + ": the write may have taken effect, or may still:"
            + reasons
            + "\nrepeat the command within ten minutes with --idempotency-key "
            + request.idempotencyKey().orElse("")
            + " to have it carried out once, or look by '"
            + request.target().reading()
            + "'; "
            + CHECK);
  }
}
