package io.raftwood.cache;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Slot;

/**
 * Names a record of the cache.
 *
 * @param table of a hash; empty = a plain key
 * @param key the key, or the field of the hash
 */
public record CacheId(Bytes table, Bytes key) {
  /** A plain key. */
  public static CacheId key(Bytes key) {
    return new CacheId(Bytes.EMPTY, key);
  }

  /** A field of a hash. */
  public static CacheId field(Bytes table, Bytes field) {
    return new CacheId(table, field);
  }

  /** Whether this is a field of a hash. */
  public boolean inTable() {
    return !table.isEmpty();
  }

  /** The cache slot that routes it: that of the key or field, never of the table (contract 3.2). */
  public int slot() {
    return Slot.of(key);
  }
}
