package io.raftwood.bench.history;

import java.util.Optional;

/** What a client was told, or what it does not know. */
public sealed interface Outcome {
  /**
   * It happened.
   *
   * @param version of the record: after a put, before a delete, as read by a get
   * @param value what a get read; empty for writes
   */
  record Done(long version, Optional<String> value) implements Outcome {}

  /** There was no such record; nothing changed. */
  record Absent() implements Outcome {}

  /**
   * The expected version was not met; nothing changed.
   *
   * @param current the record's version, 0 if there is none
   */
  record VersionMismatch(long current) implements Outcome {}

  /** Something else than what was expected is there; nothing changed. */
  record Kept() implements Outcome {}

  /** It may have happened, may happen later, or never. */
  record Unknown() implements Outcome {}

  /** It certainly did not happen and never will. */
  record Failed() implements Outcome {}

  /** A write that happened and left the record at {@code version} (or deleted that version). */
  static Outcome written(long version) {
    return new Done(version, Optional.empty());
  }

  /** A get that read {@code value}. */
  static Outcome read(long version, String value) {
    return new Done(version, Optional.of(value));
  }

  /** Whether the answer says what happened: neither unknown nor failed. */
  default boolean definite() {
    return !(this instanceof Unknown) && !(this instanceof Failed);
  }
}
