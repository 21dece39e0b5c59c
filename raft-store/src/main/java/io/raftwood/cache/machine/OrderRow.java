package io.raftwood.cache.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cache.CacheId;
import io.raftwood.storage.StorageException;

/**
 * What stands at a place in the order of writes.
 *
 * @param id the record
 * @param generation of the field's hash
 */
record OrderRow(CacheId id, long generation) {
  private static final int FORMAT = 1;
  private static final int OVERHEAD_BYTES = 14;

  Bytes encode() {
    int room = OVERHEAD_BYTES + id.table().length() + id.key().length();
    return new ByteWriter(room)
        .u8(FORMAT)
        .u64(generation)
        .sized(id.table())
        .raw(id.key())
        .toBytes();
  }

  static OrderRow decode(Bytes bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      int format = in.u8();
      if (format != FORMAT) {
        throw new StorageException("a cache order row of format " + format);
      }
      long generation = in.u64();
      return new OrderRow(new CacheId(in.sized(), in.rest()), generation);
    } catch (MalformedBytesException e) {
      throw new StorageException("a cache order row cannot be decoded", e);
    }
  }
}
