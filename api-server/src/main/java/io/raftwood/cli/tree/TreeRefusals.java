package io.raftwood.cli.tree;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallReply;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Refusals;
import io.raftwood.cli.call.Target;

/** What is said, and done by a reader, when a request on trees was refused. */
final class TreeRefusals implements Refusals {
  /** The {@code Error} of a node that is not there. */
  static final String NO_SUCH_NODE = "no-such-node";

  /** The {@code Error} of a load with a line that is none. The message is then the node's. */
  static final String MALFORMED_LINE = "malformed-line";

  private static final String PREFIX = "bad request: ";

  @Override
  public CallFailureException of(CallRequest request, CallReply reply) {
    Target target = request.target();
    String token = reply.errorToken();
    switch (token) {
      case "no-such-tree":
        return failure(
            CallExitCode.NOT_FOUND,
            token,
            target.text()
                + ": there is no such tree; 'raftwood tree list' shows what trees there are,"
                + " 'raftwood tree create' makes one");
      case NO_SUCH_NODE:
        return failure(CallExitCode.NOT_FOUND, token, target.text() + ": no such tree node");
      case "compare-failed":
        return failure(
            CallExitCode.CONFLICT,
            token,
            target.text()
                + " is not as expected, nothing was changed; look at it by '"
                + target.reading()
                + "'");
      case MALFORMED_LINE:
        return failure(CallExitCode.FAILED, token, said(reply));
      default:
        return failure(
            CallExitCode.FAILED, token, target.text() + ": " + text(request, reply, token));
    }
  }

  private static CallFailureException failure(int exitCode, String token, String message) {
    return new CallFailureException(exitCode, token, message);
  }

  private static String text(CallRequest request, CallReply reply, String token) {
    switch (token) {
      case "missing-parameter", "malformed-parameter", "duplicate-parameter", "too-long":
        return said(reply) + "; docs/api/dt.md has the limits";
      case "body-too-large":
        return "it is too long for the node (http.body-max)";
      case "unknown-path":
        return Refusals.unknownPath(request, reply);
      case "":
        return Refusals.strangeServer(reply);
      default:
        return Refusals.unexplained(request, reply);
    }
  }

  /** What the node's envelope says to people. */
  private static String said(CallReply reply) {
    try {
      JSONObject envelope = JSON.parseObject(reply.body().toUtf8());
      String text = envelope == null ? "" : String.valueOf(envelope.get("data"));
      return text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    } catch (JSONException e) {
      return reply.error();
    }
  }
}
