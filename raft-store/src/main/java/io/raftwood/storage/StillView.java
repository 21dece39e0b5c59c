package io.raftwood.storage;

import io.raftwood.bytes.Bytes;
import java.util.Optional;

/** A view that does not change while it is read, as a view of one moment. Holds nothing. */
record StillView(StorageView view) implements StorageSnapshot {
  @Override
  public Optional<Bytes> get(Bytes key) {
    return view.get(key);
  }

  @Override
  public StorageCursor scan(KeyRange range) {
    return view.scan(range);
  }

  @Override
  public StorageCursor scanBackward(KeyRange range) {
    return view.scanBackward(range);
  }

  @Override
  public void close() {
    // The view belongs to the caller.
  }
}
