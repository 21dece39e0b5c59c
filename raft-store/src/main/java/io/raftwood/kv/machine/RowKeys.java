package io.raftwood.kv.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.kv.SlotRange;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageException;

/**
 * Where records and their expiry stand in a tablet: key space, slot, then table and NUL for records
 * of tables, then the name. Pure functions.
 */
final class RowKeys {
  /** Sorted sets have several orders of rows; this byte behind the slot is the one by member. */
  static final int BY_MEMBER = 0;

  private static final int SLOT_END = 3;
  private static final int EXPIRY_HEADER_BYTES = 1 + Long.BYTES;

  private RowKeys() {}

  /** The key of a record's row. */
  static Bytes record(RecordId id) {
    ByteWriter writer = new ByteWriter(8 + id.table().length() + id.name().length());
    head(writer, id.kind(), id.slot());
    if (id.kind().inTable()) {
      writer.raw(id.table()).u8(0);
    }
    return writer.raw(id.name()).toBytes();
  }

  /**
   * The record whose row has the key {@code rowKey}.
   *
   * @throws StorageException when it is not the key of a record's row; a fault
   */
  static RecordId recordId(Bytes rowKey) {
    RecordKind kind = kindOf(rowKey);
    boolean ordered = kind == RecordKind.SORTED_SET_MEMBER;
    int start = ordered ? SLOT_END + 1 : SLOT_END;
    if (rowKey.length() <= start || ordered && rowKey.at(SLOT_END) != BY_MEMBER) {
      throw notARecord(rowKey);
    }
    return kind.inTable() ? inTable(kind, rowKey, start) : RecordId.key(rowKey.slice(start));
  }

  private static RecordId inTable(RecordKind kind, Bytes rowKey, int start) {
    int end = start;
    while (end < rowKey.length() && rowKey.at(end) != 0) {
      end++;
    }
    if (end == start || end + 1 >= rowKey.length()) {
      throw notARecord(rowKey);
    }
    return new RecordId(kind, rowKey.slice(start, end), rowKey.slice(end + 1));
  }

  /** All records of {@code kind} in {@code slot}. */
  static KeyRange slot(RecordKind kind, int slot) {
    return KeyRange.prefix(head(new ByteWriter(4), kind, slot).toBytes());
  }

  /** The records of a table in {@code slot} whose names begin with {@code prefix}. */
  static KeyRange table(RecordKind kind, int slot, Bytes table, Bytes prefix) {
    ByteWriter writer = new ByteWriter(8 + table.length() + prefix.length());
    return KeyRange.prefix(head(writer, kind, slot).raw(table).u8(0).raw(prefix).toBytes());
  }

  /** All keys (records without a table) in {@code slots}. */
  static KeyRange keys(SlotRange slots) {
    return KeyRange.of(
        head(new ByteWriter(4), RecordKind.KEY, slots.from()).toBytes(),
        head(new ByteWriter(4), RecordKind.KEY, slots.to()).toBytes());
  }

  /** The keys (records without a table) in {@code slot} that begin with {@code prefix}. */
  static KeyRange keysWithPrefix(int slot, Bytes prefix) {
    ByteWriter writer = new ByteWriter(4 + prefix.length());
    return KeyRange.prefix(head(writer, RecordKind.KEY, slot).raw(prefix).toBytes());
  }

  /** The key of the expiry index's row for the record at {@code rowKey}; its value is empty. */
  static Bytes expiry(long expiryMillis, Bytes rowKey) {
    return new ByteWriter(EXPIRY_HEADER_BYTES + rowKey.length())
        .u8(Keyspace.EXPIRY.tag())
        .u64(expiryMillis)
        .raw(rowKey)
        .toBytes();
  }

  /** All rows of the expiry index whose time has come at {@code clockMillis}. */
  static KeyRange expiredAt(long clockMillis) {
    return KeyRange.of(expiry(0, Bytes.EMPTY), expiry(clockMillis + 1, Bytes.EMPTY));
  }

  /** The time in a key of the expiry index. */
  static long expiryMillis(Bytes expiryKey) {
    ByteReader reader = new ByteReader(expiryKey);
    reader.u8();
    return reader.u64();
  }

  /** The record's row key in a key of the expiry index. */
  static Bytes expiringRow(Bytes expiryKey) {
    return expiryKey.slice(EXPIRY_HEADER_BYTES);
  }

  private static ByteWriter head(ByteWriter writer, RecordKind kind, int slot) {
    writer.u8(keyspace(kind).tag()).u16(slot);
    return kind == RecordKind.SORTED_SET_MEMBER ? writer.u8(BY_MEMBER) : writer;
  }

  private static Keyspace keyspace(RecordKind kind) {
    switch (kind) {
      case HASH_FIELD:
        return Keyspace.HASH;
      case SET_MEMBER:
        return Keyspace.SET;
      case SORTED_SET_MEMBER:
        return Keyspace.SORTED_SET;
      default:
        return Keyspace.KV;
    }
  }

  private static RecordKind kindOf(Bytes rowKey) {
    for (RecordKind kind : RecordKind.values()) {
      if (!rowKey.isEmpty() && rowKey.at(0) == keyspace(kind).tag()) {
        return kind;
      }
    }
    throw notARecord(rowKey);
  }

  private static StorageException notARecord(Bytes rowKey) {
    return new StorageException("not the key of a record's row: " + rowKey);
  }
}
