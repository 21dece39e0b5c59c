package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * What an {@code Authorization} header of the scheme Basic holds.
 *
 * @param name the user's name, one character for each byte
 * @param password its bytes
 */
record BasicCredentials(String name, Bytes password) {
  private static final String SCHEME = "basic ";
  private static final int LENGTH_MAX = 1024;

  /** Reads a header; empty when it is of another scheme or malformed. */
  static Optional<BasicCredentials> parse(String header) {
    boolean basic =
        header.length() <= LENGTH_MAX && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
    if (!basic) {
      return Optional.empty();
    }
    byte[] pair;
    try {
      pair = Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    int colon = 0;
    while (colon < pair.length && pair[colon] != ':') {
      colon++;
    }
    if (colon == pair.length) {
      return Optional.empty();
    }
    return Optional.of(
        new BasicCredentials(
            new String(pair, 0, colon, StandardCharsets.ISO_8859_1),
            Bytes.wrap(Arrays.copyOfRange(pair, colon + 1, pair.length))));
  }

  /** Names nobody and nothing. */
  @Override
  public String toString() {
    return "BasicCredentials[...]";
  }
}
