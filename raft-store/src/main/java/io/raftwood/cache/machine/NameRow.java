package io.raftwood.cache.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cache.CachePlace;
import io.raftwood.storage.StorageException;

/**
 * The row of a plain key or of a hash.
 *
 * @param expiryMillis in replicated time; 0 = never
 * @param table whether it is a hash
 * @param place of a plain key in the order of writes; a hash has none
 * @param generation of a hash: tells its fields from those of a removed hash of its name
 * @param fields of a hash: how many it has, at least one
 * @param value of a plain key
 */
record NameRow(
    long expiryMillis, boolean table, CachePlace place, long generation, long fields, Bytes value) {
  private static final int FORMAT = 1;
  private static final int HEAD_BYTES = 20;
  private static final CachePlace NOWHERE = new CachePlace(0, 0);

  static NameRow plain(long expiryMillis, CachePlace place, Bytes value) {
    return new NameRow(expiryMillis, false, place, 0, 0, value);
  }

  static NameRow table(long expiryMillis, long generation, long fields) {
    return new NameRow(expiryMillis, true, NOWHERE, generation, fields, Bytes.EMPTY);
  }

  boolean liveAt(long clockMillis) {
    return expiryMillis == 0 || expiryMillis > clockMillis;
  }

  NameRow withExpiry(long millis) {
    return new NameRow(millis, table, place, generation, fields, value);
  }

  NameRow withFields(long count) {
    return new NameRow(expiryMillis, table, place, generation, count, value);
  }

  Bytes encode() {
    ByteWriter out = new ByteWriter(HEAD_BYTES + value.length());
    out.u8(FORMAT).u8(table ? 1 : 0).u64(expiryMillis);
    return table
        ? out.u64(generation).u64(fields).toBytes()
        : out.u64(place.revision()).u16(place.part()).raw(value).toBytes();
  }

  static NameRow decode(Bytes bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      int format = in.u8();
      int kind = in.u8();
      if (format != FORMAT || kind > 1) {
        throw new StorageException("a cache row of format " + format + ", kind " + kind);
      }
      long expiryMillis = in.u64();
      return kind == 1
          ? table(expiryMillis, in.u64(), in.u64())
          : plain(expiryMillis, new CachePlace(in.u64(), in.u16()), in.rest());
    } catch (MalformedBytesException e) {
      throw new StorageException("a cache row cannot be decoded", e);
    }
  }
}
