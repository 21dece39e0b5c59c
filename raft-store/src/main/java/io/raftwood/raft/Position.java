package io.raftwood.raft;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageView;

/**
 * Where a group's state stands: one row, written in the same batch as the data it speaks of. Its
 * format byte stands for the format of all of the kernel's rows.
 *
 * @param index the log index of the last applied entry, 0 if none
 * @param term the term of that entry
 * @param revision number of commands applied in the life of the group
 * @param clockMillis replicated time; never decreases
 */
public record Position(long index, long term, long revision, long clockMillis) {
  /** Before the first entry. */
  public static final Position ZERO = new Position(0, 0, 0, 0);

  /** The row format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final Bytes KEY = Bytes.of(Keyspace.META.tag(), KernelRow.POSITION.tag());
  private static final int LENGTH = 1 + 4 * Long.BYTES;

  /**
   * Reads the position of {@code view}, {@link #ZERO} if it has none.
   *
   * @throws CorruptEntryException when it was written in another format (by a newer version) or has
   *     the wrong length; a fault
   */
  public static Position read(StorageView view) {
    return view.get(KEY).map(Position::decode).orElse(ZERO);
  }

  /** Writes this position into {@code batch}. */
  public void write(StorageBatch batch) {
    batch.put(KEY, encode());
  }

  private Bytes encode() {
    return new ByteWriter(LENGTH)
        .u8(FORMAT)
        .u64(index)
        .u64(term)
        .u64(revision)
        .u64(clockMillis)
        .toBytes();
  }

  private static Position decode(Bytes row) {
    int format = row.isEmpty() ? 0 : row.at(0);
    if (format != FORMAT) {
      throw new CorruptEntryException(
          "the tablet is written in format " + format + "; this version reads format " + FORMAT);
    }
    if (row.length() != LENGTH) {
      throw new CorruptEntryException(
          "the position row has " + row.length() + " bytes, not " + LENGTH);
    }
    ByteReader reader = new ByteReader(row.slice(1));
    return new Position(reader.u64(), reader.u64(), reader.u64(), reader.u64());
  }
}
