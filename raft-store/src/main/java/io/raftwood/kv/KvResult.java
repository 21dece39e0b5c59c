package io.raftwood.kv;

import io.raftwood.bytes.Bytes;

/**
 * Every outcome of a command or query on records. A failed condition is an outcome, never an
 * exception. Versions are u32: 1 for a new record, +1 for each overwrite (after 4,294,967,295 comes
 * 1). Mod-revisions are the group's revision at the last write.
 */
public sealed interface KvResult {
  /** A put happened; {@code version} is the record's version after it. */
  record Stored(long version) implements KvResult {}

  /** A delete happened; {@code version} is the version of the deleted record. */
  record Deleted(long version) implements KvResult {}

  /** There is no such record (any more); nothing changed. */
  record Absent() implements KvResult {}

  /** The expected version was not met; nothing changed. {@code current} is 0 if there is none. */
  record VersionMismatch(long current) implements KvResult {}

  /** A record. */
  record Found(long version, long modRevision, Bytes value) implements KvResult {}

  /** A record without its value. */
  record Exists(long version, long modRevision) implements KvResult {}

  /**
   * A purge happened.
   *
   * @param removed number of records removed
   * @param more whether further expired records wait
   */
  record Purged(int removed, boolean more) implements KvResult {}
}
