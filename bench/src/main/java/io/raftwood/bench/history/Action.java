package io.raftwood.bench.history;

/** What a client asked of one record. */
public sealed interface Action {
  /** Reads value and version. */
  record Get() implements Action {}

  /**
   * Stores a value.
   *
   * @param value the value; histories are checked fastest when no two puts share one
   * @param expectedVersion 0 = unconditional; else the version that the record must have
   */
  record Put(String value, long expectedVersion) implements Action {}

  /**
   * Removes the record.
   *
   * @param expectedVersion 0 = unconditional; else the version that the record must have
   */
  record Delete(long expectedVersion) implements Action {}

  /** Whether the action never changes anything. */
  default boolean readOnly() {
    return this instanceof Get;
  }
}
