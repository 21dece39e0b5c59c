package io.raftwood.bench.history;

import io.raftwood.bench.json.JsonObject;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One operation as its client saw it.
 *
 * @param client who asked; a client asks one thing at a time
 * @param key the record
 * @param action what was asked
 * @param invokedAt nanoseconds of the run's monotonic clock, taken before the first byte was sent
 * @param returnedAt the same clock, taken after the last byte of the answer; empty when the
 *     operation was still open at the end of the run or its outcome is unknown
 * @param outcome what came back
 */
public record Operation(
    int client,
    String key,
    Action action,
    long invokedAt,
    OptionalLong returnedAt,
    Outcome outcome) {

  /** Refuses an operation that returned before it was invoked. */
  public Operation {
    if (returnedAt.isPresent() && returnedAt.getAsLong() < invokedAt) {
      throw new IllegalArgumentException("returned before it was invoked");
    }
    if (outcome.definite() && returnedAt.isEmpty()) {
      throw new IllegalArgumentException("a definite outcome needs the time it was known");
    }
  }

  /** The same operation as it stood at {@code time}: open, if its answer came later. */
  Operation asOf(long time) {
    if (returnedAt.isEmpty() || returnedAt.getAsLong() <= time) {
      return this;
    }
    Outcome open = outcome instanceof Outcome.Failed ? outcome : new Outcome.Unknown();
    return new Operation(client, key, action, invokedAt, OptionalLong.empty(), open);
  }

  /**
   * The operation as one line of JSON: {@code client, key, kind (get|put|del|insert|swap|remove|
   * probe), value, ver, old, invoke, return, outcome (ok|absent|kept|version-mismatch|unknown|
   * failed), version, read}; members without a meaning are left out, {@code return} is null while
   * open.
   */
  public String toJson() {
    JsonObject json = new JsonObject().put("client", client).put("key", key);
    describeAction(json);
    json.put("invoke", invokedAt);
    if (returnedAt.isPresent()) {
      json.put("return", returnedAt.getAsLong());
    } else {
      json.putNull("return");
    }
    describeOutcome(json);
    return json.toString();
  }

  private void describeAction(JsonObject json) {
    if (action instanceof Action.Put put) {
      json.put("kind", "put").put("value", put.value()).put("ver", put.expectedVersion());
    } else if (action instanceof Action.Delete delete) {
      json.put("kind", "del").put("ver", delete.expectedVersion());
    } else if (action instanceof Action.Insert insert) {
      json.put("kind", "insert").put("value", insert.value());
    } else if (action instanceof Action.Swap swap) {
      json.put("kind", "swap").put("value", swap.value());
      swap.expected().ifPresent(old -> json.put("old", old));
    } else if (action instanceof Action.Remove remove) {
      json.put("kind", "remove");
      remove.expected().ifPresent(old -> json.put("old", old));
    } else {
      json.put("kind", action instanceof Action.Probe ? "probe" : "get");
    }
  }

  private void describeOutcome(JsonObject json) {
    if (outcome instanceof Outcome.Done done) {
      json.put("outcome", "ok").put("version", done.version());
      Optional<String> read = done.value();
      read.ifPresent(value -> json.put("read", value));
    } else if (outcome instanceof Outcome.VersionMismatch mismatch) {
      json.put("outcome", "version-mismatch").put("version", mismatch.current());
    } else if (outcome instanceof Outcome.Absent) {
      json.put("outcome", "absent");
    } else if (outcome instanceof Outcome.Kept) {
      json.put("outcome", "kept");
    } else {
      json.put("outcome", outcome instanceof Outcome.Unknown ? "unknown" : "failed");
    }
  }
}
