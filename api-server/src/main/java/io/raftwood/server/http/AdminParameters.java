package io.raftwood.server.http;

import java.util.Optional;

/** Parameters of {@code admin/...}. Methods throw {@link RequestRefusedException}. */
final class AdminParameters {
  private AdminParameters() {}

  /** The percent-decoded value of {@code name}, never empty. */
  static String required(Call call, String name) {
    return optional(call, name)
        .orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_PARAMETER, name));
  }

  /** The percent-decoded value of {@code name}, if it is given and not empty. */
  static Optional<String> optional(Call call, String name) {
    return call.query()
        .first(name)
        .filter(raw -> !raw.isEmpty())
        .map(
            raw ->
                PercentCode.decode(raw)
                    .orElseThrow(
                        () -> new RequestRefusedException(Outcome.MALFORMED_PARAMETER, name))
                    .toUtf8());
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
