package io.raftwood.cluster;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.OverlayBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** A store on the heap; batches are committed by {@link #commit}. */
final class SortedMapView implements StorageView {
  private final NavigableMap<Bytes, Bytes> rows = new TreeMap<>();

  NavigableMap<Bytes, Bytes> rows() {
    return rows;
  }

  void commit(OverlayBatch batch) {
    batch.forEach(rows::put, rows::remove);
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return Optional.ofNullable(rows.get(key));
  }

  @Override
  public StorageCursor scan(KeyRange range) {
    return cursor(slice(range));
  }

  @Override
  public StorageCursor scanBackward(KeyRange range) {
    return cursor(slice(range).descendingMap());
  }

  private NavigableMap<Bytes, Bytes> slice(KeyRange range) {
    NavigableMap<Bytes, Bytes> tail = rows.tailMap(range.from(), true);
    return new TreeMap<>(range.to().isPresent() ? tail.headMap(range.to().get(), false) : tail);
  }

  private static StorageCursor cursor(Map<Bytes, Bytes> entries) {
    Iterator<Map.Entry<Bytes, Bytes>> walk = entries.entrySet().iterator();
    return new StorageCursor() {
      private Map.Entry<Bytes, Bytes> current = Map.entry(Bytes.EMPTY, Bytes.EMPTY);

      @Override
      public boolean next() {
        if (!walk.hasNext()) {
          return false;
        }
        current = walk.next();
        return true;
      }

      @Override
      public Bytes key() {
        return current.getKey();
      }

      @Override
      public Bytes value() {
        return current.getValue();
      }

      @Override
      public void close() {
        // nothing native is held
      }
    };
  }
}
