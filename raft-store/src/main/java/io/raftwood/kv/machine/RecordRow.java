package io.raftwood.kv.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvLimits;
import io.raftwood.storage.StorageException;

/**
 * A record as it is stored, format 1, byte by byte in {@code docs/formats.md}.
 *
 * @param version 1..{@link KvLimits#VERSION_MAX}
 * @param modRevision the group's revision at the last write
 * @param expiryMillis replicated time from which on the record counts as absent; 0 = never
 * @param value the record's value; empty for a set's member; for a sorted set's the score, a signed
 *     64-bit number, big-endian
 */
record RecordRow(long version, long modRevision, long expiryMillis, Bytes value) {
  /** The format that is written, and the only one that is read. */
  static final int FORMAT = 1;

  private static final int HEADER_BYTES = 1 + 4 + 8 + 8;

  /** Whether the record exists for one who reads at {@code clockMillis}. */
  boolean liveAt(long clockMillis) {
    return expiryMillis == 0 || clockMillis < expiryMillis;
  }

  /** The row's value. */
  Bytes encode() {
    return new ByteWriter(HEADER_BYTES + value.length())
        .u8(FORMAT)
        .u32((int) version)
        .u64(modRevision)
        .u64(expiryMillis)
        .raw(value)
        .toBytes();
  }

  /**
   * Reads a row's value.
   *
   * @throws StorageException when it is not a row of a known format; a fault
   */
  static RecordRow decode(Bytes row) {
    if (row.length() < HEADER_BYTES || row.at(0) != FORMAT) {
      throw new StorageException("not a record row of format " + FORMAT + ": " + row);
    }
    ByteReader reader = new ByteReader(row);
    reader.u8();
    long version = Integer.toUnsignedLong(reader.u32());
    return new RecordRow(version, reader.u64(), reader.u64(), reader.rest());
  }
}
