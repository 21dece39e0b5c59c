package io.raftwood.cli.call;

/** What is said when no node has given a definite answer. */
final class Silence {
  private static final String CHECK = "'raftwood admin status' shows who leads what";

  private Silence() {}

  /** Nobody carried it out. */
  static CallFailureException unavailable(
      CallRequest request, String reasons, boolean somebodyThere) {
    String done = request.idempotencyKey().isPresent() ? ", nothing was changed" : "";
    String next =
        somebodyThere
            ? CHECK + "; repeat the command when there is a leader"
            : "start one by 'raftwood dev --detach', or name others by --endpoints";
    return CallFailureException.advised(
        CallExitCode.UNAVAILABLE,
        request.target().text() + ": no node could answer" + done + ":" + reasons,
        next);
  }

  /** There is no room for it. */
  static CallFailureException diskFull(CallRequest request, CallReply reply) {
    return CallFailureException.advised(
        CallExitCode.UNAVAILABLE,
        request.target().text()
            + ": the cluster's disks have no room for more data, nothing was changed",
        "delete something or make room (docs/runbook.md, Disk full), then repeat the command;"
            + " 'raftwood admin status --endpoints "
            + reply.endpoint()
            + "' shows whose disk it is");
  }

  /** Somebody may have carried it out. */
  static CallFailureException unknown(CallRequest request, String reasons) {
    return CallFailureException.advised(
        CallExitCode.UNKNOWN,
        request.target().text() + ": the write may have taken effect, or may still:" + reasons,
        "repeat the command within ten minutes with --idempotency-key "
            + request.idempotencyKey().orElse("")
            + " to have it carried out once, or look by '"
            + request.target().reading()
            + "'; "
            + CHECK);
  }
}
