package io.raftwood.storage;

import io.raftwood.bytes.Bytes;

/**
 * The key spaces of a tablet: the first byte of every key says what kind of row it is (design
 * section 7, {@code docs/formats.md}). Numbers are never reused.
 */
public enum Keyspace {
  /** The kernel's rows: position (applied index, revision, clock), format, idempotency table. */
  META(0),
  /** Key-value records: slot, key. */
  KV(1),
  /** Hash fields: slot, table, field. */
  HASH(2),
  /** Set members: slot, table, member. */
  SET(3),
  /** Sorted-set members, by member and by score. */
  SORTED_SET(4),
  /** Table catalogue and counters. */
  CATALOGUE(5),
  /** Expiry index: time, then the record's key. */
  EXPIRY(6),
  /** Trees: names, nodes, entries, properties (DT). */
  TREE(7),
  /** The cluster map (meta group only). */
  CLUSTER(8),
  /** The cache (cache groups only): names, fields, orders, figures. */
  CACHE(9),
  /** The mark of a restore that is under way. */
  RESTORE(10);

  private final int tag;

  Keyspace(int tag) {
    this.tag = tag;
  }

  /** The first byte of every key of this space. */
  public int tag() {
    return tag;
  }

  /** All keys of this space. */
  public KeyRange range() {
    return KeyRange.prefix(Bytes.of(tag));
  }
}
