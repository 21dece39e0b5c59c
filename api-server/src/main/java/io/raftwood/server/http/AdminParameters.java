package io.raftwood.server.http;

/** Parameters of {@code admin/...}. Methods throw {@link RequestRefusedException}. */
final class AdminParameters {
  private AdminParameters() {}

  /** The value of {@code name}, never empty, as it is written. */
  static String required(Call call, String name) {
    return call.query()
        .first(name)
        .filter(text -> !text.isEmpty())
        .orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_PARAMETER, name));
  }

  /** A whole number within 0..{@code most}. */
  static long number(Call call, String name, long most) {
    String text = required(call, name);
    long value = NumberText.signed64(text).orElse(-1);
    if (value < 0 || value > most) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, name);
    }
    return value;
  }
}
