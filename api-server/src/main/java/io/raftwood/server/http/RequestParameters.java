package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ReadConsistency;
import java.util.Optional;

/**
 * Reads parameters from a raw query. Default mode refuses what is ambiguous or unreadable; strict
 * mode reads it as the original does (contract 2.3, 2.4): the last of several wins, broken
 * percent-encoding is mended, numbers are read up to the first strange character. An empty value
 * counts as absent in both. Methods throw {@link RequestRefusedException}.
 */
final class RequestParameters {
  private static final long UNSIGNED_32_MAX = 0xffff_ffffL;

  private final HustdbDialect dialect;

  /** Reads in {@code dialect}. */
  RequestParameters(HustdbDialect dialect) {
    this.dialect = dialect;
  }

  /** The raw value of {@code name}, never empty. */
  Optional<String> raw(RawQuery query, String name) {
    if (!dialect.strict() && query.repeats(name)) {
      throw new RequestRefusedException(Outcome.DUPLICATE_PARAMETER, name);
    }
    Optional<String> value = dialect.strict() ? query.last(name) : query.first(name);
    return value.filter(text -> !text.isEmpty());
  }

  /** The percent-decoded value of {@code name}, at most {@code bytesMax} long. */
  Optional<Bytes> decoded(RawQuery query, String name, int bytesMax) {
    Optional<Bytes> value = raw(query, name).map(text -> decode(text, name));
    if (value.isPresent() && value.get().length() > bytesMax) {
      throw new RequestRefusedException(Outcome.TOO_LONG, name);
    }
    return value;
  }

  /** The percent-decoded value of {@code name}, 1..{@code bytesMax} long. */
  Bytes required(RawQuery query, String name, int bytesMax) {
    return decoded(query, name, bytesMax)
        .filter(value -> !value.isEmpty())
        .orElseThrow(() -> new RequestRefusedException(Outcome.MISSING_PARAMETER, name));
  }

  /** {@code val}: raw, or decoded if the dialect says so. */
  Optional<Bytes> value(RawQuery query) {
    return raw(query, "val")
        .map(text -> dialect.decodeVal() ? decode(text, "val") : PercentCode.raw(text));
  }

  /** An unsigned 32-bit number; 0 when absent. */
  long unsigned32(RawQuery query, String name) {
    Optional<String> text = raw(query, name);
    if (text.isEmpty()) {
      return 0;
    }
    return dialect.strict() ? lenientNumber(text.get()) : exactNumber(text.get(), name);
  }

  /** {@code consistency}; empty when absent. */
  Optional<ReadConsistency> consistency(RawQuery query) {
    return raw(query, "consistency").map(RequestParameters::consistencyOf);
  }

  private static ReadConsistency consistencyOf(String text) {
    switch (text) {
      case "linearizable":
        return ReadConsistency.LINEARIZABLE;
      case "lease":
        return ReadConsistency.LEASE;
      case "local":
        return ReadConsistency.LOCAL;
      default:
        throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, "consistency");
    }
  }

  private Bytes decode(String text, String name) {
    if (dialect.strict()) {
      return PercentCode.decodeLeniently(text);
    }
    return PercentCode.decode(text)
        .orElseThrow(() -> new RequestRefusedException(Outcome.MALFORMED_ENCODING, name));
  }

  private static long exactNumber(String text, String name) {
    long value = 0;
    for (int at = 0; at < text.length(); at++) {
      int digit = text.charAt(at) - '0';
      value = value * 10 + digit;
      if (digit < 0 || digit > 9 || value > UNSIGNED_32_MAX) {
        throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, name);
      }
    }
    return value;
  }

  /** Blanks, a sign, digits, anything; out of range = 0; negative numbers wrap. */
  private static long lenientNumber(String text) {
    int at = 0;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || at < text.length() && text.charAt(at) == '+') {
      at++;
    }
    long value = 0;
    for (; at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9'; at++) {
      value = value * 10 + text.charAt(at) - '0';
      if (value > UNSIGNED_32_MAX) {
        return 0;
      }
    }
    return negative ? -value & UNSIGNED_32_MAX : value;
  }
}
