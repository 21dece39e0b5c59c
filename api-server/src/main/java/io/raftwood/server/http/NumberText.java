package io.raftwood.server.http;

import java.util.OptionalLong;

/**
 * Whole numbers in a query. Read exactly: decimal digits, a minus sign before them where the number
 * is signed, in range, nothing else. Read leniently, as the original does (contract 2.3): blanks, a
 * sign, digits, anything; what is no number or out of range is 0.
 */
final class NumberText {
  private static final long UNSIGNED_32_MAX = 0xffff_ffffL;

  private NumberText() {}

  /** An unsigned 32-bit number; empty if {@code text} is none. */
  static OptionalLong unsigned32(String text) {
    OptionalLong value = signed64(text);
    boolean fits =
        value.isPresent() && text.charAt(0) != '-' && value.getAsLong() <= UNSIGNED_32_MAX;
    return fits ? value : OptionalLong.empty();
  }

  /** A signed 64-bit number; empty if {@code text} is none. */
  static OptionalLong signed64(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    return text.length() > start && digitsEnd(text, start) == text.length()
        ? parse(text)
        : OptionalLong.empty();
  }

  /** An unsigned 32-bit number; a negative one wraps. */
  static long lenientUnsigned32(String text) {
    long value = lenientSigned64(text);
    boolean outOfRange = value < -UNSIGNED_32_MAX || value > UNSIGNED_32_MAX;
    return outOfRange ? 0 : value & UNSIGNED_32_MAX;
  }

  /** A signed 64-bit number. */
  static long lenientSigned64(String text) {
    int start = 0;
    while (start < text.length() && text.charAt(start) == ' ') {
      start++;
    }
    boolean signed =
        start < text.length() && (text.charAt(start) == '-' || text.charAt(start) == '+');
    int digits = signed ? start + 1 : start;
    int end = digitsEnd(text, digits);
    return end == digits ? 0 : parse(text.substring(start, end)).orElse(0);
  }

  private static int digitsEnd(String text, int from) {
    int end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  /** {@code text} is a sign or none, and digits. */
  private static OptionalLong parse(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }
}
