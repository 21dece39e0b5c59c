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
