package io.raftwood.storage.rocksdb;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/** A RocksDB iterator that stays in a range, with what it needs for that. Not thread-safe. */
final class BoundedIterator implements AutoCloseable {
  private final List<Slice> bounds = new ArrayList<>(2);
  private final ReadOptions options;
  private final RocksIterator iterator;

  /** On no entry yet. */
  BoundedIterator(RocksDB db, ReadOptions base, KeyRange range) {
    options = new ReadOptions(base);
    if (!range.from().isEmpty()) {
      options.setIterateLowerBound(bound(range.from()));
    }
    range.to().ifPresent(to -> options.setIterateUpperBound(bound(to)));
    iterator = db.newIterator(options);
  }

  private Slice bound(Bytes key) {
    Slice slice = new Slice(key.unsafeArray());
    bounds.add(slice);
    return slice;
  }

  /** The iterator itself; closed with this. */
  RocksIterator raw() {
    return iterator;
  }

  /**
   * Whether it is on an entry.
   *
   * @throws StorageException if a damaged block ended it: only its status tells that from the end
   */
  boolean onEntry() {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException e) {
      throw new StorageException("cannot scan", e);
    }
  }

  @Override
  public void close() {
    iterator.close();
    options.close();
    bounds.forEach(Slice::close);
  }
}
