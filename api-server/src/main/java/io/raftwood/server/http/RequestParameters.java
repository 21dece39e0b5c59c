package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvLimits;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.RequestOptions;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads parameters from a raw query. Default mode refuses what is ambiguous or unreadable; strict
 * mode reads it as the original does (contract 2.3, 2.4): the last of several wins, broken
 * percent-encoding is mended, numbers are read up to the first strange character. An empty value
 * counts as absent in both. Methods throw {@link RequestRefusedException}.
 */
final class RequestParameters {
  private static final String TABLE_CHARACTERS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_:.";

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
        .orElseThrow(() -> missing(name));
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
    return dialect.strict()
        ? NumberText.lenientUnsigned32(text.get())
        : NumberText.unsigned32(text.get()).orElseThrow(() -> malformed(name));
  }

  /** A signed 64-bit number; empty when absent. */
  OptionalLong signed64(RawQuery query, String name) {
    Optional<String> text = raw(query, name);
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(
        dialect.strict()
            ? NumberText.lenientSigned64(text.get())
            : NumberText.signed64(text.get()).orElseThrow(() -> malformed(name)));
  }

  /** A signed 64-bit number that must be given. */
  long requiredSigned64(RawQuery query, String name) {
    return signed64(query, name).orElseThrow(() -> missing(name));
  }

  /** A number within 0..{@code most} that must be given. */
  long requiredUpTo(long most, RawQuery query, String name) {
    long value = requiredSigned64(query, name);
    if (value < 0 || value > most) {
      throw malformed(name);
    }
    return value;
  }

  /**
   * {@code true} or {@code 1}, {@code false} or {@code 0}; strict mode takes everything else for
   * false.
   */
  boolean flag(RawQuery query, String name, boolean ifAbsent) {
    Optional<String> text = raw(query, name);
    if (text.isEmpty()) {
      return ifAbsent;
    }
    boolean yes = text.get().equals("true") || text.get().equals("1");
    boolean no = text.get().equals("false") || text.get().equals("0");
    if (!yes && !no && !dialect.strict()) {
      throw malformed(name);
    }
    return yes;
  }

  /** {@code tb}: 1..{@link KvLimits#TABLE_BYTES_MAX} letters, digits and {@code _:.}, undecoded. */
  Bytes table(RawQuery query) {
    String text = raw(query, "tb").orElseThrow(() -> missing("tb"));
    if (!isTable(text)) {
      throw malformed("tb");
    }
    return PercentCode.raw(text);
  }

  /** {@code consistency}; empty when absent. */
  Optional<ReadConsistency> consistency(RawQuery query) {
    return raw(query, "consistency").map(RequestParameters::consistencyOf);
  }

  /** How a plain read is done: as {@code consistency} says, else by lease, stale if need be. */
  RequestOptions readOptions(Call call) {
    Optional<ReadConsistency> asked = consistency(call.query());
    return new RequestOptions(
        asked.orElse(ReadConsistency.LEASE),
        asked.isEmpty() && dialect.staleFallback(),
        call.deadline(),
        Optional.empty(),
        call.executor(),
        call.bundle());
  }

  private static RequestRefusedException missing(String name) {
    return new RequestRefusedException(Outcome.MISSING_PARAMETER, name);
  }

  private static RequestRefusedException malformed(String name) {
    return new RequestRefusedException(Outcome.MALFORMED_PARAMETER, name);
  }

  /** The consistency called {@code text}. */
  static ReadConsistency consistencyOf(String text) {
    switch (text) {
      case "linearizable":
        return ReadConsistency.LINEARIZABLE;
      case "lease":
        return ReadConsistency.LEASE;
      case "local":
        return ReadConsistency.LOCAL;
      default:
        throw malformed("consistency");
    }
  }

  private Bytes decode(String text, String name) {
    if (dialect.strict()) {
      return PercentCode.decodeLeniently(text);
    }
    return PercentCode.decode(text)
        .orElseThrow(() -> new RequestRefusedException(Outcome.MALFORMED_ENCODING, name));
  }

  private static boolean isTable(String text) {
    return text.length() <= KvLimits.TABLE_BYTES_MAX
        && text.chars().allMatch(next -> TABLE_CHARACTERS.indexOf(next) >= 0);
  }
}
