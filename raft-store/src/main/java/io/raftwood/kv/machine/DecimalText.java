package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Signed 64-bit numbers as decimal text, as hash counters and scores are shown. Pure functions. */
final class DecimalText {
  private DecimalText() {}

  /** {@code number} without padding; a minus sign if negative. */
  static Bytes format(long number) {
    return Bytes.wrap(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  /** The number that {@code text} is, with one blank behind it at most; empty if it is none. */
  static OptionalLong parse(Bytes text) {
    String digits = new String(text.unsafeArray(), StandardCharsets.ISO_8859_1);
    int end = digits.length();
    if (end > 0 && isBlank(digits.charAt(end - 1))) {
      digits = digits.substring(0, end - 1);
    }
    // Long.parseLong would take a plus sign and, in other alphabets, other digits.
    if (!digits.matches("-?[0-9]{1,19}")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(digits));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static boolean isBlank(char next) {
    return next == ' ' || next >= '\t' && next <= '\r';
  }
}
