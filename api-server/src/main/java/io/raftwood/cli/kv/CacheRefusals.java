package io.raftwood.cli.kv;

import io.raftwood.cli.call.CallExitCode;
import io.raftwood.cli.call.CallFailureException;
import io.raftwood.cli.call.CallReply;
import io.raftwood.cli.call.CallRequest;
import io.raftwood.cli.call.Refusals;
import io.raftwood.cli.call.Target;

/** What is said when a request on the cache was refused. */
final class CacheRefusals implements Refusals {
  private final Refusals others = new KvRefusals();

  @Override
  public CallFailureException of(CallRequest request, CallReply reply) {
    Target target = request.target();
    switch (reply.errorToken()) {
      case "not-found":
        return new CallFailureException(
            CallExitCode.NOT_FOUND,
            reply.error(),
            target.text() + " is not in the cache: never put, expired, evicted or deleted");
      case "wrong-kind":
        return new CallFailureException(
            CallExitCode.FAILED,
            reply.error(),
            target.text()
                + ": what has that name in the cache is of the other kind: keys are read by"
                + " 'raftwood kv cache get', fields of hashes by 'raftwood kv cache hash get'");
      case "not-a-number":
        return new CallFailureException(
            CallExitCode.FAILED,
            reply.error(),
            target.text()
                + ": it holds no such number, nothing was changed; look at it by '"
                + target.reading()
                + "', and give a DELTA with a point for decimals");
      default:
        return others.of(request, reply);
    }
  }
}
