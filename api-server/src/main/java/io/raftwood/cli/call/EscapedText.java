package io.raftwood.cli.call;

import io.raftwood.bytes.Bytes;

/**
 * Bytes as text with backslashes: the reverse of what tables show. {@code \n}, {@code \r}, {@code
 * \t} and {@code \x} with two digits stand for one byte each, a backslash before any other
 * character for that character; everything else for its UTF-8 bytes.
 */
final class EscapedText {
  private static final int HEX = 16;
  private static final int DIGITS = 2;

  private EscapedText() {}

  /**
   * The bytes.
   *
   * @throws IllegalArgumentException when a backslash ends the text, or {@code \x} has no digits
   */
  static Bytes decode(String text) {
    Bytes bytes = Bytes.EMPTY;
    int plain = 0;
    int at = text.indexOf('\\');
    while (at >= 0) {
      bytes = bytes.concat(Encoding.text(text.substring(plain, at)));
      if (at + 1 == text.length()) {
        throw new IllegalArgumentException("ends with a backslash");
      }
      char escaped = text.charAt(at + 1);
      if (escaped == 'x') {
        bytes = bytes.concat(Bytes.of(digits(text, at + 2)));
        plain = at + 2 + DIGITS;
        at = text.indexOf('\\', plain);
      } else if ("nrt".indexOf(escaped) >= 0) {
        bytes = bytes.concat(Bytes.of(control(escaped)));
        plain = at + 2;
        at = text.indexOf('\\', plain);
      } else {
        plain = at + 1;
        at = text.indexOf('\\', at + 2);
      }
    }
    return bytes.concat(Encoding.text(text.substring(plain)));
  }

  private static int control(char escaped) {
    return escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : '\t';
  }

  private static int digits(String text, int from) {
    if (from + DIGITS > text.length()) {
      throw new IllegalArgumentException("\\x without two digits");
    }
    int value = 0;
    for (int i = from; i < from + DIGITS; i++) {
      int digit = Character.digit(text.charAt(i), HEX);
      if (digit < 0) {
        throw new IllegalArgumentException("\\x without two digits");
      }
      value = value * HEX + digit;
    }
    return value;
  }
}
