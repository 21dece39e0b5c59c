package io.raftwood.kv.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.Slot;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;

/**
 * The members of one sorted set in the order of their scores (signed), ties in byte order of the
 * members. Pure functions over the tablet.
 */
final class ScoreIndex {
  private static final int BY_SCORE = 1;

  private final Bytes prefix;

  /** The index of the sorted set called {@code table}. */
  ScoreIndex(Bytes table) {
    this.prefix =
        new ByteWriter(5 + table.length())
            .u8(Keyspace.SORTED_SET.tag())
            .u16(Slot.of(table))
            .u8(BY_SCORE)
            .raw(table)
            .u8(0)
            .toBytes();
  }

  /** A member is new in the set. {@code row} is what {@link #from} shows as the row's value. */
  void insert(StorageBatch batch, long score, Bytes member, Bytes row) {
    batch.put(key(score, member), row);
  }

  /** A member's row has changed, but not its score. */
  void replace(StorageBatch batch, long score, Bytes member, Bytes row) {
    batch.put(key(score, member), row);
  }

  /** A member is no longer in the set. */
  void remove(StorageBatch batch, long score, Bytes member) {
    batch.delete(key(score, member));
  }

  /** The number of members with a score below {@code score}. */
  long rank(StorageView view, long score) {
    long rank = 0;
    try (StorageCursor cursor = view.scan(KeyRange.of(prefix, key(score, Bytes.EMPTY)))) {
      while (cursor.next()) {
        rank++;
      }
    }
    return rank;
  }

  /** The members from {@code rank} (0 = the lowest score) on, ascending. */
  StorageCursor from(StorageView view, long rank) {
    StorageCursor cursor = view.scan(KeyRange.prefix(prefix));
    for (long left = rank; left > 0 && cursor.next(); left--) {
      // walks
    }
    return cursor;
  }

  /** The score in a key that {@link #from} shows. */
  long score(Bytes key) {
    return new ByteReader(key.slice(prefix.length())).u64() ^ Long.MIN_VALUE;
  }

  /** The member in a key that {@link #from} shows. */
  Bytes member(Bytes key) {
    return key.slice(prefix.length() + Long.BYTES);
  }

  private Bytes key(long score, Bytes member) {
    return new ByteWriter(prefix.length() + Long.BYTES + member.length())
        .raw(prefix)
        .u64(score ^ Long.MIN_VALUE)
        .raw(member)
        .toBytes();
  }
}
