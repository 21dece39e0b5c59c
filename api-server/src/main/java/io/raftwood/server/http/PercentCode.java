package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Percent-encoding, decoded to bytes. Raw text has one character for each byte (ISO 8859-1); {@code
 * +} is an ordinary byte.
 */
final class PercentCode {
  private static final int NO_DIGIT = -1;

  private PercentCode() {}

  /** {@code raw} without decoding. */
  static Bytes raw(String raw) {
    return Bytes.wrap(raw.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** {@code raw} decoded; empty when a percent sign is not followed by two hexadecimal digits. */
  static Optional<Bytes> decode(String raw) {
    if (raw.indexOf('%') < 0) {
      return Optional.of(raw(raw));
    }
    byte[] decoded = new byte[raw.length()];
    int length = 0;
    for (int at = 0; at < raw.length(); at++) {
      char next = raw.charAt(at);
      if (next == '%') {
        int value = pair(raw, at);
        if (value == NO_DIGIT) {
          return Optional.empty();
        }
        decoded[length++] = (byte) value;
        at += 2;
      } else {
        decoded[length++] = (byte) next;
      }
    }
    return Optional.of(Bytes.wrap(Arrays.copyOf(decoded, length)));
  }

  /**
   * {@code raw} decoded as the original does (contract 2.4): a percent sign and a hexadecimal digit
   * that are not part of a pair are dropped, what follows them is kept.
   */
  static Bytes decodeLeniently(String raw) {
    byte[] decoded = new byte[raw.length()];
    int length = 0;
    int at = 0;
    while (at < raw.length()) {
      char next = raw.charAt(at);
      int value = next == '%' ? pair(raw, at) : NO_DIGIT;
      if (value != NO_DIGIT) {
        decoded[length++] = (byte) value;
        at += 3;
      } else if (next == '%') {
        at += digit(raw, at + 1) == NO_DIGIT ? 1 : 2;
      } else {
        decoded[length++] = (byte) next;
        at++;
      }
    }
    return Bytes.wrap(Arrays.copyOf(decoded, length));
  }

  /** {@code raw} decoded as {@link #decodeLeniently(String)} does. */
  static Bytes decodeLeniently(Bytes raw) {
    for (int at = 0; at < raw.length(); at++) {
      if (raw.at(at) == '%') {
        return decodeLeniently(new String(raw.unsafeArray(), StandardCharsets.ISO_8859_1));
      }
    }
    return raw;
  }

  private static int pair(String raw, int percent) {
    int high = digit(raw, percent + 1);
    int low = digit(raw, percent + 2);
    return high == NO_DIGIT || low == NO_DIGIT ? NO_DIGIT : high << 4 | low;
  }

  private static int digit(String raw, int at) {
    // Character.digit would take digits of other scripts; raw text is ISO 8859-1, which has none.
    return at < raw.length() ? Character.digit(raw.charAt(at), 16) : NO_DIGIT;
  }
}
