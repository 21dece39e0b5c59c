package io.raftwood.storage.rocksdb;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.UseGate;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;

/**
 * Walks a range of one tablet. Holds one use of the tablet's gate, which the maker has entered, and
 * leaves it when closed, so that no iterator outlives its database.
 */
final class RocksDbCursor implements StorageCursor {
  private final UseGate gate;
  private final boolean backward;
  private final BoundedIterator iterator;
  private boolean started;
  private boolean ended;
  private boolean closed;

  RocksDbCursor(UseGate gate, RocksDB db, ReadOptions base, KeyRange range, boolean backward) {
    this.gate = gate;
    this.backward = backward;
    ended = range.isEmpty();
    iterator = new BoundedIterator(db, base, range);
  }

  @Override
  public boolean next() {
    if (closed || ended) {
      return false;
    }
    move();
    ended = !iterator.onEntry();
    return !ended;
  }

  private void move() {
    if (!started) {
      started = true;
      seek();
    } else if (backward) {
      iterator.raw().prev();
    } else {
      iterator.raw().next();
    }
  }

  private void seek() {
    if (backward) {
      iterator.raw().seekToLast();
    } else {
      iterator.raw().seekToFirst();
    }
  }

  @Override
  public Bytes key() {
    demandEntry();
    return Bytes.wrap(iterator.raw().key());
  }

  @Override
  public Bytes value() {
    demandEntry();
    return Bytes.wrap(iterator.raw().value());
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
      gate.leave();
    }
  }
}
