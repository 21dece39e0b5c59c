package io.raftwood.bench.torture.check;

import io.raftwood.bench.json.JsonObject;
import java.util.OptionalLong;

/**
 * A number that an operation on one key showed: a counter's value, a version.
 *
 * @param key what it belongs to
 * @param change whether the operation raised it (by one, for counters), or only read it
 * @param invokedAt nanoseconds, before the request was sent
 * @param returnedAt nanoseconds, after the answer; {@link Long#MAX_VALUE} when there was none
 * @param value what was shown; empty when the outcome is unknown
 */
public record Observation(
    String key, boolean change, long invokedAt, long returnedAt, OptionalLong value) {
  /** An operation with an answer. */
  public static Observation of(
      String key, boolean change, long invokedAt, long returnedAt, long value) {
    return new Observation(key, change, invokedAt, returnedAt, OptionalLong.of(value));
  }

  /** A change that may have happened, may happen later, or never. */
  public static Observation unknown(String key, long invokedAt) {
    return new Observation(key, true, invokedAt, Long.MAX_VALUE, OptionalLong.empty());
  }

  /** One line of JSON. */
  public String toJson() {
    JsonObject json =
        new JsonObject()
            .put("key", key)
            .put("kind", change ? "change" : "read")
            .put("invoke", invokedAt);
    if (value.isPresent()) {
      json.put("return", returnedAt).put("value", value.getAsLong());
    } else {
      json.putNull("return");
    }
    return json.toString();
  }
}
