package io.raftwood.storage.rocksdb;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import java.util.Optional;

/** A batch that no tablet made. */
final class ForeignBatch implements StorageBatch {
  @Override
  public void put(Bytes key, Bytes value) {}

  @Override
  public void delete(Bytes key) {}

  @Override
  public int changes() {
    return 0;
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return Optional.empty();
  }

  @Override
  public StorageCursor scan(KeyRange range) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StorageCursor scanBackward(KeyRange range) {
    throw new UnsupportedOperationException();
  }
}
