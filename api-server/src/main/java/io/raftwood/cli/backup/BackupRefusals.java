package io.raftwood.cli.backup;

import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallReply;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Refusals;

/** What is said when a node refuses a part of a backup, export, restore or import. */
public final class BackupRefusals implements Refusals {
  /** The {@code Error} of a view that was closed. */
  static final String NO_SUCH_VIEW = "no-such-view";

  @Override
  public CallFailureException of(CallRequest request, CallReply reply) {
    String token = reply.errorToken();
    return new CallFailureException(
        CallExitCode.FAILED, token, request.target().text() + ": " + text(request, reply, token));
  }

  private static String text(CallRequest request, CallReply reply, String token) {
    switch (token) {
      case "not-empty":
        return "it holds something, or another restore is under way in it: a backup is restored"
            + " into a new cluster only; nothing was changed";
      case "no-such-restore":
        return "the restore is not under way any more; run it again";
      case "unauthorized", "forbidden":
        return "the admin role is needed (" + reply.error() + "); see --user";
      case "unknown-path":
        return Refusals.unknownPath(request, reply);
      case "":
        return Refusals.strangeServer(reply);
      default:
        return Refusals.unexplained(request, reply);
    }
  }
}
