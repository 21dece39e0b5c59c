package io.raftwood.storage.rocksdb;

import io.raftwood.bytes.Bytes;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Small rows that snapshots of one and the same state have read: many queries between two commits
 * meet in the same ones, such as a tree's name. One for each commit; thread-safe, bounded.
 */
final class ReadMemo {
  /** Keeps nothing: for who cannot tell which state he sees. */
  static final ReadMemo NONE = new ReadMemo(0);

  private static final int ROWS_MAX = 256;
  private static final int ROW_BYTES_MAX = 1024;

  private final ConcurrentHashMap<Bytes, Optional<Bytes>> rows = new ConcurrentHashMap<>();

  private final int rowsMax;

  /** An empty one. */
  ReadMemo() {
    this(ROWS_MAX);
  }

  private ReadMemo(int rowsMax) {
    this.rowsMax = rowsMax;
  }

  /** The row under {@code key}, or that there is none; empty if that is not known. */
  Optional<Optional<Bytes>> find(Bytes key) {
    return Optional.ofNullable(rows.get(key));
  }

  /** Remembers what was found under {@code key}. */
  void keep(Bytes key, Optional<Bytes> found) {
    if (found.map(Bytes::length).orElse(0) <= ROW_BYTES_MAX && rows.mappingCount() < rowsMax) {
      rows.put(key, found);
    }
  }
}
