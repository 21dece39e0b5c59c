package io.raftwood.storage.rocksdb;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import io.raftwood.storage.Tablet;
import java.util.Random;

/**
 * Batch n writes key n and the position n, and deletes a marker that batch n - 1 wrote: a state is
 * an exact prefix of the batches if it has all keys up to its position, none above, and one marker.
 */
final class Prefix {
  private static final Bytes POSITION = Bytes.of(0);
  private static final int KEY = 1;
  private static final int MARKER = 2;

  private Prefix() {}

  /** Commits batch {@code n}, from 1. */
  static void commit(Tablet tablet, long n) {
    StorageBatch batch = tablet.newBatch();
    batch.put(key(KEY, n), value(n));
    batch.put(POSITION, new ByteWriter().u64(n).toBytes());
    batch.put(key(MARKER, n), Bytes.EMPTY);
    batch.delete(key(MARKER, n - 1));
    tablet.commit(batch);
  }

  /** The position; 0 when nothing was committed. */
  static long position(StorageView view) {
    return view.get(POSITION).map(bytes -> new ByteReader(bytes).u64()).orElse(0L);
  }

  /** The position of a state that was checked to be an exact prefix. */
  static long verified(StorageView view) {
    long position = position(view);
    try (StorageCursor keys = view.scan(KeyRange.prefix(Bytes.of(KEY)));
        StorageCursor markers = view.scan(KeyRange.prefix(Bytes.of(MARKER)))) {
      for (long n = 1; n <= position; n++) {
        demand(keys.next() && keys.key().equals(key(KEY, n)), "key " + n, position);
        demand(keys.value().equals(value(n)), "value of key " + n, position);
      }
      demand(!keys.next(), "no key above", position);
      if (position > 0) {
        demand(markers.next() && markers.key().equals(key(MARKER, position)), "marker", position);
      }
      demand(!markers.next(), "no second marker", position);
    }
    return position;
  }

  private static void demand(boolean condition, String what, long position) {
    if (!condition) {
      throw new AssertionError("not an exact prefix: " + what + ", position " + position);
    }
  }

  private static Bytes key(int kind, long n) {
    return new ByteWriter().u8(kind).u64(n).toBytes();
  }

  private static Bytes value(long n) {
    byte[] value = new byte[100];
    new Random(n).nextBytes(value);
    return Bytes.wrap(value);
  }
}
