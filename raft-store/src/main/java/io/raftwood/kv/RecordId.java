package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Slot;

/**
 * Names one record.
 *
 * @param kind what it is
 * @param table the table it belongs to, 1..{@link KvLimits#TABLE_BYTES_MAX} bytes without NUL;
 *     empty for a key
 * @param name the key, field or member, 1..{@link KvLimits#nameBytesMax} bytes
 */
public record RecordId(RecordKind kind, Bytes table, Bytes name) {
  /** A key of its own. */
  public static RecordId key(Bytes key) {
    return new RecordId(RecordKind.KEY, Bytes.EMPTY, key);
  }

  /** A field of a hash. */
  public static RecordId field(Bytes table, Bytes field) {
    return new RecordId(RecordKind.HASH_FIELD, table, field);
  }

  /** A member of a set. */
  public static RecordId member(Bytes table, Bytes member) {
    return new RecordId(RecordKind.SET_MEMBER, table, member);
  }

  /** A member of a sorted set. */
  public static RecordId scored(Bytes table, Bytes member) {
    return new RecordId(RecordKind.SORTED_SET_MEMBER, table, member);
  }

  /**
   * The slot: of the table for sorted sets, which thus lie in one group; else of the name (contract
   * 3.2).
   */
  public int slot() {
    return Slot.of(kind == RecordKind.SORTED_SET_MEMBER ? table : name);
  }
}
