package io.raftwood.cache.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cache.CachePlace;
import io.raftwood.storage.StorageException;

/**
 * The row of a hash's field.
 *
 * @param tableBytes the length of the hash's name, for the count of bytes
 * @param place in the order of writes
 */
record FieldRow(int tableBytes, CachePlace place, Bytes value) {
  private static final int FORMAT = 1;
  private static final int HEAD_BYTES = 15;

  Bytes encode() {
    return new ByteWriter(HEAD_BYTES + value.length())
        .u8(FORMAT)
        .u32(tableBytes)
        .u64(place.revision())
        .u16(place.part())
        .raw(value)
        .toBytes();
  }

  static FieldRow decode(Bytes bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      int format = in.u8();
      if (format != FORMAT) {
        throw new StorageException("a cache field of format " + format);
      }
      return new FieldRow(in.u32(), new CachePlace(in.u64(), in.u16()), in.rest());
    } catch (MalformedBytesException e) {
      throw new StorageException("a cache field cannot be decoded", e);
    }
  }
}
