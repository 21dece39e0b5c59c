package io.raftwood.bench.client;

import java.nio.charset.StandardCharsets;

/** Escaping of raw bytes in a query. */
public final class PercentEncoding {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
  private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();

  private PercentEncoding() {}

  /** Every byte outside the unreserved characters of RFC 3986 as {@code %XX}. */
  public static String encode(byte[] raw) {
    StringBuilder text = new StringBuilder(raw.length + 16);
    for (byte next : raw) {
      if (next > 0 && UNRESERVED.indexOf(next) >= 0) {
        text.append((char) next);
      } else {
        text.append('%').append(DIGITS[(next >> 4) & 0xf]).append(DIGITS[next & 0xf]);
      }
    }
    return text.toString();
  }

  /** The same for the UTF-8 bytes of {@code text}. */
  public static String encode(String text) {
    return encode(text.getBytes(StandardCharsets.UTF_8));
  }
}
