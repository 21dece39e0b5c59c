package io.raftwood.storage;

/** A view of one moment that stays as it is while the tablet moves on. Must be closed. */
public interface StorageSnapshot extends StorageView, AutoCloseable {
  @Override
  void close();
}
