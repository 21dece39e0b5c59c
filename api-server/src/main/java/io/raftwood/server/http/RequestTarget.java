package io.raftwood.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A request target, decoded once. The path is percent-decoded and its repeated slashes are merged,
 * one character for each byte; dot segments and {@code ;} mean nothing. The query stays raw.
 *
 * @param path begins with a slash, except for the asterisk form
 * @param query empty when there is none
 */
record RequestTarget(String path, RawQuery query) {
  /**
   * Parses a raw path or absolute URI without its query.
   *
   * @param uri origin form, absolute form ({@code http://host/path}) or {@code *}
   * @param query the raw text behind the question mark
   * @return empty when the path's percent-encoding is broken, or when there is a control character
   */
  static Optional<RequestTarget> parse(String uri, String query) {
    if (hasControl(uri) || hasControl(query)) {
      return Optional.empty();
    }
    String path = pathOf(uri);
    if (path.indexOf('%') < 0 && !path.contains("//")) {
      return Optional.of(new RequestTarget(path, new RawQuery(query)));
    }
    return PercentCode.decode(path)
        .map(bytes -> new String(bytes.unsafeArray(), StandardCharsets.ISO_8859_1))
        .map(decoded -> new RequestTarget(merged(decoded), new RawQuery(query)));
  }

  private static boolean hasControl(String raw) {
    for (int at = 0; at < raw.length(); at++) {
      char next = raw.charAt(at);
      if (next <= ' ' || next == 0x7f) {
        return true;
      }
    }
    return false;
  }

  private static String pathOf(String uri) {
    if (uri.startsWith("/")) {
      return uri;
    }
    int scheme = uri.indexOf("://");
    if (scheme < 0) {
      return uri;
    }
    int slash = uri.indexOf('/', scheme + 3);
    return slash < 0 ? "/" : uri.substring(slash);
  }

  private static String merged(String path) {
    StringBuilder merged = new StringBuilder(path.length());
    for (int at = 0; at < path.length(); at++) {
      char next = path.charAt(at);
      boolean repeats = next == '/' && at > 0 && path.charAt(at - 1) == '/';
      if (!repeats) {
        merged.append(next);
      }
    }
    return merged.toString();
  }
}
