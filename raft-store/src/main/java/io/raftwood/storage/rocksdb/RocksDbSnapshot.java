package io.raftwood.storage.rocksdb;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Neighbours;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.UseGate;
import java.util.Arrays;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Snapshot;

/**
 * A moment of one tablet; thread-safe. Holds one use of the tablet's gate, which the maker has
 * entered, until closed. Its cursors stand on their own and may outlive it.
 */
final class RocksDbSnapshot implements StorageSnapshot {
  private final UseGate gate = new UseGate(() -> new IllegalStateException("snapshot is closed"));
  private final Place place;
  private final Snapshot snapshot;
  private final ReadMemo memo;
  private final ReadOptions options;

  /**
   * Where the snapshot was taken.
   *
   * @param gate of the tablet
   * @param reading options of all reads
   */
  record Place(UseGate gate, RocksDB db, ReadOptions reading) {}

  /** With a {@code memo} that nobody shares who sees another state. */
  RocksDbSnapshot(Place place, Snapshot snapshot, ReadMemo memo) {
    this.place = place;
    this.snapshot = snapshot;
    this.memo = memo;
    options = new ReadOptions(place.reading).setSnapshot(snapshot);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    gate.enter();
    try {
      Optional<Optional<Bytes>> known = memo.find(key);
      return known.isPresent() ? known.get() : read(key);
    } catch (RocksDBException e) {
      throw new StorageException("cannot read from a snapshot", e);
    } finally {
      gate.leave();
    }
  }

  private Optional<Bytes> read(Bytes key) throws RocksDBException {
    Optional<Bytes> found =
        Optional.ofNullable(place.db.get(options, key.unsafeArray())).map(Bytes::wrap);
    memo.keep(key, found);
    return found;
  }

  @Override
  public StorageCursor scan(KeyRange range) {
    return cursor(range, false);
  }

  @Override
  public StorageCursor scanBackward(KeyRange range) {
    return cursor(range, true);
  }

  /** With one iterator: making a second one costs as much as moving it. */
  @Override
  public Neighbours neighbours(KeyRange range, Bytes point) {
    gate.enter();
    try (BoundedIterator iterator = new BoundedIterator(place.db, options, range)) {
      RocksIterator walk = iterator.raw();
      walk.seek(point.unsafeArray());
      boolean exact = iterator.onEntry() && Arrays.equals(walk.key(), point.unsafeArray());
      if (exact) {
        walk.next();
      }
      Optional<Bytes> above = key(iterator);
      if (above.isPresent()) {
        walk.prev();
      } else {
        // A walk that has ended cannot be moved, only set anew.
        walk.seekForPrev(point.unsafeArray());
      }
      if (exact && iterator.onEntry()) {
        walk.prev();
      }
      return new Neighbours(key(iterator), exact, above);
    } finally {
      gate.leave();
    }
  }

  private static Optional<Bytes> key(BoundedIterator iterator) {
    return iterator.onEntry() ? Optional.of(Bytes.wrap(iterator.raw().key())) : Optional.empty();
  }

  private StorageCursor cursor(KeyRange range, boolean backward) {
    gate.enter();
    try {
      place.gate.share();
      return new RocksDbCursor(place.gate, place.db, options, range, backward);
    } finally {
      gate.leave();
    }
  }

  @Override
  public void close() {
    if (gate.shut()) {
      options.close();
      place.db.releaseSnapshot(snapshot);
      snapshot.close();
      place.gate.leave();
    }
  }
}
