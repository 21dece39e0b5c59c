package io.raftwood.storage;

import java.nio.file.Path;

/**
 * The state of one group's replica on this node: a store of its own, in a directory of its own
 * named {@code group@generation}.
 *
 * <p>Reads may come from any thread. {@link #commit}, {@link #checkpoint} and {@link #newBatch} are
 * called by one thread at a time (the group's apply thread). Every method throws {@link
 * TabletClosedException} once the tablet is closed; a read under way when {@link #close} is called
 * ends normally first (close waits for it).
 *
 * <p>Durability: a commit is in memory only (no write-ahead log: the Raft log is the log). After a
 * hard kill the tablet opens at an exact prefix of its commits: all of the first n and nothing of
 * the others.
 */
public interface Tablet extends StorageView, AutoCloseable {
  /** The group this tablet belongs to. */
  String group();

  /** The generation, from 0, +1 for each installed snapshot. */
  long generation();

  /** An empty batch over the present state. */
  StorageBatch newBatch();

  /**
   * Makes the changes of {@code batch} visible, all at once.
   *
   * @throws StorageException a fault: the tablet must not be used further
   */
  void commit(StorageBatch batch);

  /** A consistent view of this moment. */
  StorageSnapshot snapshot();

  @Override
  default StorageSnapshot moment() {
    return snapshot();
  }

  /**
   * Writes an exact copy of this moment into {@code directory} (which must not exist; its parent
   * must), by flush and hard links where the file system allows. It may be called under write load
   * and takes milliseconds, since no data is copied.
   */
  void checkpoint(Path directory);

  /** Writes what is only in memory to disk, so that a restart replays less of the Raft log. */
  void flush();

  /**
   * Reads everything that is on disk and compares checksums. Takes as long as that takes: meant for
   * a background thread. A tablet without files has nothing to compare.
   *
   * @throws StorageException when something is damaged; a fault
   */
  default void verify() {}

  /** Bytes on disk and counters of the store, for metrics. */
  TabletFigures figures();

  /** Flushes and closes. Idempotent. */
  @Override
  void close();
}
