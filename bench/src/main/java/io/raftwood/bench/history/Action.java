package io.raftwood.bench.history;

import java.util.Optional;

/**
 * What a client asked of one record, or of one entry of a tree. An entry of a tree is a record
 * whose version is always 1: trees have no versions of that kind.
 */
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

  /**
   * Adds an entry of a tree; what is there stays.
   *
   * @param value the value
   */
  record Insert(String value) implements Action {}

  /**
   * Sets an entry of a tree if its value is the expected one.
   *
   * @param expected empty = the entry must not be there
   * @param value the new value
   */
  record Swap(Optional<String> expected, String value) implements Action {}

  /**
   * Removes an entry of a tree.
   *
   * @param expected the value that it must have, empty = any or none
   */
  record Remove(Optional<String> expected) implements Action {}

  /** Reads only whether there is a record. */
  record Probe() implements Action {}

  /** Whether the action never changes anything. */
  default boolean readOnly() {
    return this instanceof Get || this instanceof Probe;
  }
}
