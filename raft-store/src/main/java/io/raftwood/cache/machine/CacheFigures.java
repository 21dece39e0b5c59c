package io.raftwood.cache.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cache.CacheLimits;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;

/**
 * A group's counters, exact, in one row.
 *
 * @param budget most bytes
 * @param bytes counted now
 * @param records plain keys and fields
 * @param evicted records removed for want of room
 * @param expired plain keys and hashes removed because their time was over
 * @param oldest no record stands before this revision in the order of writes: a search from here
 *     does not walk over what was removed
 */
record CacheFigures(
    long budget, long bytes, long records, long evicted, long expired, long oldest) {
  /** Of an empty group. */
  static final CacheFigures EMPTY = new CacheFigures(CacheLimits.BUDGET_DEFAULT, 0, 0, 0, 0, 0);

  private static final int FORMAT = 1;
  private static final int ROW_BYTES = 49;

  /** What a record's rows take beside names and value, rounded up. */
  private static final int RECORD_BYTES = 64;

  static long bytesOfPlain(int nameBytes, int valueBytes) {
    return RECORD_BYTES + 2L * nameBytes + valueBytes;
  }

  static long bytesOfField(int tableBytes, int fieldBytes, int valueBytes) {
    return RECORD_BYTES + tableBytes + 2L * fieldBytes + valueBytes;
  }

  static long bytesOfTable(int tableBytes) {
    return RECORD_BYTES + 2L * tableBytes;
  }

  CacheFigures withBudget(long most) {
    return new CacheFigures(most, bytes, records, evicted, expired, oldest);
  }

  CacheFigures plus(long moreBytes, long moreRecords) {
    return new CacheFigures(
        budget, bytes + moreBytes, records + moreRecords, evicted, expired, oldest);
  }

  CacheFigures evictedOne() {
    return new CacheFigures(budget, bytes, records, evicted + 1, expired, oldest);
  }

  CacheFigures expiredOne() {
    return new CacheFigures(budget, bytes, records, evicted, expired + 1, oldest);
  }

  CacheFigures withOldest(long revision) {
    return new CacheFigures(budget, bytes, records, evicted, expired, revision);
  }

  static CacheFigures read(StorageView view) {
    return view.get(CacheRowKeys.FIGURES).map(CacheFigures::decode).orElse(EMPTY);
  }

  Bytes encode() {
    return new ByteWriter(ROW_BYTES)
        .u8(FORMAT)
        .u64(budget)
        .u64(bytes)
        .u64(records)
        .u64(evicted)
        .u64(expired)
        .u64(oldest)
        .toBytes();
  }

  private static CacheFigures decode(Bytes row) {
    try {
      ByteReader in = new ByteReader(row);
      int format = in.u8();
      if (format != FORMAT) {
        throw new StorageException("cache figures of format " + format);
      }
      return new CacheFigures(in.u64(), in.u64(), in.u64(), in.u64(), in.u64(), in.u64());
    } catch (MalformedBytesException e) {
      throw new StorageException("cache figures cannot be decoded", e);
    }
  }
}
