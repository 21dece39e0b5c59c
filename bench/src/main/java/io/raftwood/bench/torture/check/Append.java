package io.raftwood.bench.torture.check;

import io.raftwood.bench.json.JsonObject;

/**
 * Something that a client did with a value that is only appended to.
 *
 * @param key of the value
 * @param piece what was appended, unique, or everything that was read
 * @param change whether it was appended, else read
 * @param invokedAt nanoseconds, before the request was sent
 * @param returnedAt nanoseconds, after the answer; {@link Long#MAX_VALUE} if nobody knows whether
 *     it happened
 */
public record Append(String key, String piece, boolean change, long invokedAt, long returnedAt) {
  /** Whether an answer said that it happened. */
  boolean known() {
    return returnedAt != Long.MAX_VALUE;
  }

  /** One line of JSON. */
  public String toJson() {
    JsonObject json =
        new JsonObject()
            .put("key", key)
            .put("kind", change ? "append" : "read")
            .put("piece", piece)
            .put("invoke", invokedAt);
    return (known() ? json.put("return", returnedAt) : json.putNull("return")).toString();
  }
}
