package io.raftwood.storage.rocksdb;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.UseGate;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;

/**
 * Walks a range of one tablet. Holds one use of the tablet's gate, which the maker has entered, and
 * leaves it when closed, so that no iterator outlives its database.
 */
final class RocksDbCursor implements StorageCursor {
  private final UseGate gate;
  private final boolean backward;
  private final List<Slice> bounds = new ArrayList<>(2);
  private final ReadOptions options;
  private final RocksIterator iterator;
  private boolean started;
  private boolean ended;
  private boolean closed;

  RocksDbCursor(UseGate gate, RocksDB db, ReadOptions base, KeyRange range, boolean backward) {
    this.gate = gate;
    this.backward = backward;
    ended = range.isEmpty();
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

  @Override
  public boolean next() {
    if (closed || ended) {
      return false;
    }
    move();
    ended = !iterator.isValid();
    if (ended) {
      demandHealth();
    }
    return !ended;
  }

  private void move() {
    if (!started) {
      started = true;
      seek();
    } else if (backward) {
      iterator.prev();
    } else {
      iterator.next();
    }
  }

  private void seek() {
    if (backward) {
      iterator.seekToLast();
    } else {
      iterator.seekToFirst();
    }
  }

  /** An iterator that meets a damaged block ends; only its status tells that from the end. */
  private void demandHealth() {
    try {
      iterator.status();
    } catch (RocksDBException e) {
      throw new StorageException("cannot scan", e);
    }
  }

  @Override
  public Bytes key() {
    demandEntry();
    return Bytes.wrap(iterator.key());
  }

  @Override
  public Bytes value() {
    demandEntry();
    return Bytes.wrap(iterator.value());
  }

  /** RocksDB would crash the process. */
  private void demandEntry() {
    if (!started || ended || closed) {
      throw new IllegalStateException("the cursor is on no entry");
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      iterator.close();
      options.close();
      bounds.forEach(Slice::close);
      gate.leave();
    }
  }
}
