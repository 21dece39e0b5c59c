package io.raftwood.kv;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Slot;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;

/** Where records and their expiry stand in a tablet. Pure functions. */
final class RowKeys {
  private static final int EXPIRY_HEADER_BYTES = 1 + Long.BYTES;

  private RowKeys() {}

  /** The key of a record's row: key space, slot, key. */
  static Bytes record(Bytes key) {
    return new ByteWriter(3 + key.length())
        .u8(Keyspace.KV.tag())
        .u16(Slot.of(key))
        .raw(key)
        .toBytes();
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
}
