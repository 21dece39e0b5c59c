package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeResult;
import java.util.List;
import java.util.Optional;

/**
 * Removes the rows of dropped trees and the properties of dead nodes, some at a time. Nothing reads
 * these rows any more: their numbers are never used again. Pure functions.
 */
public final class TreePurge {
  /** The node number that stands for a whole tree; no node has it. */
  static final long WHOLE_TREE = 0;

  private TreePurge() {}

  /** Asks for the purge of a dead node's properties, or of a whole tree's rows. */
  static void ask(StorageBatch batch, NodeId id) {
    batch.put(RowKeys.purge(id), RowFormat.start(1).toBytes());
  }

  /** Whether there is something to purge. Costs a seek. */
  public static boolean isDue(StorageView view) {
    try (StorageCursor cursor = view.scan(RowKeys.purges())) {
      return cursor.next();
    }
  }

  /**
   * Removes at most {@code limit} rows, or as many as hold {@link TreeLimits#PURGE_BYTES_MAX}, then
   * remembers how far it has come: rows that are removed but not yet compacted away would otherwise
   * be passed again by every purge.
   */
  public static TreeResult.Purged run(StorageBatch batch, int limit) {
    int removed = 0;
    try (StorageCursor cursor = batch.scan(RowKeys.purges())) {
      while (cursor.next()) {
        if (removed == limit) {
          return new TreeResult.Purged(removed, true);
        }
        Progress progress = purge(batch, cursor.key(), doneTo(cursor.value()), limit - removed);
        removed += progress.removed;
        if (progress.lastRemoved.isPresent()) {
          Bytes last = progress.lastRemoved.get();
          batch.put(cursor.key(), RowFormat.start(1 + last.length()).raw(last).toBytes());
          return new TreeResult.Purged(removed, true);
        }
        batch.delete(cursor.key());
      }
    }
    return new TreeResult.Purged(removed, false);
  }

  /**
   * How far one purge came.
   *
   * @param removed number of rows
   * @param lastRemoved the last row if there may be more
   */
  private record Progress(int removed, Optional<Bytes> lastRemoved) {}

  private static Progress purge(StorageBatch batch, Bytes purgeKey, Bytes doneTo, int limit) {
    int removed = 0;
    long bytes = 0;
    for (KeyRange rows : rowsOf(RowKeys.purgedOf(purgeKey))) {
      try (StorageCursor cursor = batch.scan(behind(doneTo, rows))) {
        while (cursor.next()) {
          batch.delete(cursor.key());
          removed++;
          bytes += cursor.value().length();
          if (removed == limit || bytes >= TreeLimits.PURGE_BYTES_MAX) {
            return new Progress(removed, Optional.of(cursor.key()));
          }
        }
      }
    }
    return new Progress(removed, Optional.empty());
  }

  /** In ascending order, so that a single key says how far a purge has come. */
  private static List<KeyRange> rowsOf(NodeId id) {
    return id.node() == WHOLE_TREE
        ? List.of(
            RowKeys.nodes(id.tree()), RowKeys.entries(id.tree()), RowKeys.properties(id.tree()))
        : List.of(RowKeys.properties(id));
  }

  private static KeyRange behind(Bytes doneTo, KeyRange rows) {
    return doneTo.compareTo(rows.from()) < 0
        ? rows
        : new KeyRange(doneTo.concat(Bytes.of(0)), rows.to());
  }

  private static Bytes doneTo(Bytes row) {
    return RowFormat.read("purge", row, reader -> reader.rest());
  }
}
