package io.raftwood.server.http;

import java.util.Optional;

/**
 * A query string as it came over the wire, one character for each byte. Parameters are separated by
 * {@code &} alone; names are exact, case-sensitive and not decoded; a name without {@code =} is no
 * parameter. Immutable.
 */
final class RawQuery {
  private static final int NONE = -1;

  private final String text;

  /** Wraps the text behind the question mark. */
  RawQuery(String text) {
    this.text = text;
  }

  /** The raw value of the first parameter called {@code name}; may be the empty string. */
  Optional<String> first(String name) {
    int start = find(name, 0);
    return start == NONE ? Optional.empty() : Optional.of(value(start));
  }

  /** The raw value of the last parameter called {@code name}; may be the empty string. */
  Optional<String> last(String name) {
    Optional<String> last = Optional.empty();
    for (int start = find(name, 0); start != NONE; start = find(name, start)) {
      last = Optional.of(value(start));
    }
    return last;
  }

  /** Whether {@code name} is given more than once. */
  boolean repeats(String name) {
    int start = find(name, 0);
    return start != NONE && find(name, start) != NONE;
  }

  /** Whether {@code name} is given, with or without a value. */
  boolean mentions(String name) {
    for (int at = 0; at <= text.length(); at = next(at)) {
      int end = at + name.length();
      boolean ends =
          end == text.length()
              || end < text.length() && (text.charAt(end) == '&' || text.charAt(end) == '=');
      if (ends && text.startsWith(name, at)) {
        return true;
      }
    }
    return false;
  }

  /** The raw text. */
  @Override
  public String toString() {
    return text;
  }

  /** Where the value of the next parameter called {@code name} begins, at or after {@code from}. */
  private int find(String name, int from) {
    int at = from == 0 ? 0 : next(from);
    while (at < text.length()) {
      int end = at + name.length();
      if (end < text.length() && text.charAt(end) == '=' && text.startsWith(name, at)) {
        return end + 1;
      }
      at = next(at);
    }
    return NONE;
  }

  /** Where the parameter behind the one at {@code at} begins; beyond the text if there is none. */
  private int next(int at) {
    int separator = text.indexOf('&', at);
    return separator < 0 ? text.length() + 1 : separator + 1;
  }

  private String value(int start) {
    int end = text.indexOf('&', start);
    return end < 0 ? text.substring(start) : text.substring(start, end);
  }
}
