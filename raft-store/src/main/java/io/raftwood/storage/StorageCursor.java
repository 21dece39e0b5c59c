package io.raftwood.storage;

import io.raftwood.bytes.Bytes;

/**
 * Walks entries in order. Starts before the first one. Not thread-safe; holds native memory until
 * closed.
 */
public interface StorageCursor extends AutoCloseable {
  /** Moves to the next entry; {@code false} when there is none. */
  boolean next();

  /** The current entry's key; valid after {@link #next} answered {@code true}. */
  Bytes key();

  /** The current entry's value; valid after {@link #next} answered {@code true}. */
  Bytes value();

  @Override
  void close();
}
