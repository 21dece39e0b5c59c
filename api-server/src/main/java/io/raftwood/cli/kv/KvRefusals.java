package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallReply;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Refusals;
import io.raftwood.cli.call.Target;
import java.util.OptionalLong;

/** What is said, and done by a reader, when a request on records was refused. */
final class KvRefusals implements Refusals {
  @Override
  public CallFailureException of(CallRequest request, CallReply reply) {
    Target target = request.target();
    String error = reply.error();
    int colon = error.indexOf(':');
    String token = reply.errorToken();
    String detail = colon < 0 ? "it" : error.substring(colon + 1);
    switch (token) {
      case "not-found":
        return new CallFailureException(
            CallExitCode.NOT_FOUND,
            error,
            target.text() + " does not exist; '" + target.listing() + "' shows what does");
      case "version-conflict":
        return new CallFailureException(CallExitCode.CONFLICT, error, conflict(target, reply));
      default:
        return new CallFailureException(
            CallExitCode.FAILED, error, target.text() + ": " + text(request, reply, token, detail));
    }
  }

  private static String conflict(Target target, CallReply reply) {
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

  private static String text(CallRequest request, CallReply reply, String token, String detail) {
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
        return Refusals.unknownPath(request, reply);
      case "":
        return Refusals.strangeServer(reply);
      default:
        return Refusals.unexplained(request, reply);
    }
  }
}
