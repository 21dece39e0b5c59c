package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;

/** Writes names and values as a query or a form would have them; the reverse of reading them. */
final class QueryText {
  private static final String DIGITS = "0123456789ABCDEF";

  private QueryText() {}

  /**
   * Appends a pair. Only what would be read as something else is percent-encoded, so that values
   * which are never decoded arrive as they are wherever they can.
   *
   * @param form whether {@code +} would be read as a blank
   */
  static void append(StringBuilder text, Bytes name, Bytes value, boolean form) {
    if (text.length() > 0) {
      text.append('&');
    }
    append(text, name, form);
    text.append('=');
    append(text, value, form);
  }

  private static void append(StringBuilder text, Bytes bytes, boolean form) {
    for (int i = 0; i < bytes.length(); i++) {
      int next = bytes.at(i);
      boolean plain =
          next > ' ' && next < 0x7f && next != '%' && next != '&' && (!form || next != '+');
      if (plain) {
        text.append((char) next);
      } else {
        text.append('%').append(DIGITS.charAt(next >>> 4)).append(DIGITS.charAt(next & 0xf));
      }
    }
  }
}
