package io.raftwood.storage;

import io.raftwood.bytes.Bytes;

/**
 * Changes that become visible together. Reads through the batch see its own changes over the store,
 * so a command sees what earlier commands of the same batch did. Not thread-safe. Thrown away if
 * never committed.
 *
 * <p>A cursor over a batch shows, at each step, the batch as it is at that step: a change made
 * while the cursor is open is seen if its key is still ahead. (The store below does not change
 * meanwhile.)
 */
public interface StorageBatch extends StorageView {
  /** Stores {@code value} under {@code key}, replacing what was there. */
  void put(Bytes key, Bytes value);

  /** Removes {@code key}; nothing happens if it is absent. */
  void delete(Bytes key);

  /** Number of changed keys. */
  int changes();
}
