package io.raftwood.bench.client;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What may be said with a call beside key and value. Immutable.
 *
 * @param expectedVersion {@code ver}: the version that the record must have
 * @param ttlSeconds {@code ttl}
 * @param consistency {@code consistency}: {@code linearizable}, {@code lease} or {@code local}
 * @param idempotencyKey header {@code Idempotency-Key}: retries with one key happen once
 */
public record CallOptions(
    OptionalLong expectedVersion,
    OptionalLong ttlSeconds,
    Optional<String> consistency,
    Optional<String> idempotencyKey) {
  /** Nothing said. */
  public static final CallOptions NONE =
      new CallOptions(
          OptionalLong.empty(), OptionalLong.empty(), Optional.empty(), Optional.empty());

  /** The same with {@code ver}; 0 = unconditional, nothing is sent. */
  public CallOptions withExpectedVersion(long version) {
    OptionalLong expected = version == 0 ? OptionalLong.empty() : OptionalLong.of(version);
    return new CallOptions(expected, ttlSeconds, consistency, idempotencyKey);
  }

  /** The same with {@code ttl}. */
  public CallOptions withTtlSeconds(long seconds) {
    return new CallOptions(expectedVersion, OptionalLong.of(seconds), consistency, idempotencyKey);
  }

  /** The same with {@code consistency}. */
  public CallOptions withConsistency(String level) {
    return new CallOptions(expectedVersion, ttlSeconds, Optional.of(level), idempotencyKey);
  }

  /** The same with an idempotency key, of visible ASCII characters. */
  public CallOptions withIdempotencyKey(String key) {
    return new CallOptions(expectedVersion, ttlSeconds, consistency, Optional.of(key));
  }

  /** The part of the query behind the key. */
  String query() {
    StringBuilder query = new StringBuilder();
    expectedVersion.ifPresent(version -> query.append("&ver=").append(version));
    ttlSeconds.ifPresent(seconds -> query.append("&ttl=").append(seconds));
    consistency.ifPresent(level -> query.append("&consistency=").append(level));
    return query.toString();
  }
}
