package io.raftwood.kv.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Slot;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;

/**
 * The members of one sorted set in the order of their scores (signed), ties in byte order of the
 * members; a member's place in it is its score with the sign turned, big-endian, then its bytes.
 * {@link RankLevels} above the rows count them, so that every method costs O(log n) steps. Pure
 * functions over the tablet.
 */
final class ScoreIndex {
  private static final int BY_SCORE = 1;
  private static final int LEVELS = 2;

  private final Bytes table;
  private final Bytes prefix;
  private final RankLevels levels;

  /** The index of the sorted set called {@code table}. */
  ScoreIndex(Bytes table) {
    this.table = table;
    this.prefix = prefix(BY_SCORE, table);
    this.levels = new RankLevels(prefix, prefix(LEVELS, table));
  }

  private static Bytes prefix(int order, Bytes table) {
    return new ByteWriter(5 + table.length())
        .u8(Keyspace.SORTED_SET.tag())
        .u16(Slot.of(table))
        .u8(order)
        .raw(table)
        .u8(0)
        .toBytes();
  }

  /** The table's name. */
  Bytes table() {
    return table;
  }

  /** A member is new in the set. {@code row} is what {@link #from} shows as the row's value. */
  void insert(StorageBatch batch, long score, Bytes member, Bytes row) {
    Bytes place = place(score, member);
    batch.put(prefix.concat(place), row);
    levels.inserted(batch, place);
  }

  /** A member's row has changed, but not its score. */
  void replace(StorageBatch batch, long score, Bytes member, Bytes row) {
    batch.put(prefix.concat(place(score, member)), row);
  }

  /** A member is no longer in the set. */
  void remove(StorageBatch batch, long score, Bytes member) {
    Bytes place = place(score, member);
    batch.delete(prefix.concat(place));
    levels.removed(batch, place);
  }

  /** The number of members with a score below {@code score}. */
  long rank(StorageView view, long score) {
    return levels.rank(view, place(score, Bytes.EMPTY));
  }

  /** The members from {@code rank} (0 = the lowest score) on, ascending. */
  StorageCursor from(StorageView view, long rank) {
    RankLevels.Start start = levels.find(view, rank);
    KeyRange all = KeyRange.prefix(prefix);
    StorageCursor cursor = view.scan(new KeyRange(prefix.concat(start.place()), all.to()));
    for (long left = start.skip(); left > 0; left--) {
      cursor.next();
    }
    return cursor;
  }

  /** The members with the score {@code min} and above, ascending. */
  StorageCursor fromScore(StorageView view, long min) {
    Bytes first = prefix.concat(place(min, Bytes.EMPTY));
    return view.scan(new KeyRange(first, KeyRange.prefix(prefix).to()));
  }

  /** The score in a key that {@link #from} shows. */
  long score(Bytes key) {
    return new ByteReader(key.slice(prefix.length())).u64() ^ Long.MIN_VALUE;
  }

  /** The member in a key that {@link #from} shows. */
  Bytes member(Bytes key) {
    return key.slice(prefix.length() + Long.BYTES);
  }

  private static Bytes place(long score, Bytes member) {
    return new ByteWriter(Long.BYTES + member.length())
        .u64(score ^ Long.MIN_VALUE)
        .raw(member)
        .toBytes();
  }
}
