package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The entries of one tree, straight from their rows.
 *
 * @param view the group's state at one moment
 * @param tree the number of a tree that lives
 */
public record TreeReader(StorageView view, long tree) {
  /** The entry of a key. */
  public Optional<EntryRow> entry(Bytes key) {
    return view.get(RowKeys.entry(tree, key)).map(EntryRow::decode);
  }

  /** The leaf whose range holds {@code key}. */
  public NodeId leafOf(Bytes key) {
    return new NodeId(tree, new NodeReader(view, tree).descend(key).leaf());
  }

  /** The keys next to a point, which may be empty: then it lies before all keys. */
  public TreeResult.Neighbours neighbours(Bytes point) {
    Bytes previous = first(view.scanBackward(below(point)));
    try (StorageCursor cursor = view.scan(RowKeys.entriesFrom(tree, point))) {
      boolean found = cursor.next();
      boolean exact = found && RowKeys.keyOf(cursor.key()).equals(point);
      boolean hasNext = exact ? cursor.next() : found;
      Bytes next = hasNext ? RowKeys.keyOf(cursor.key()) : Bytes.EMPTY;
      return new TreeResult.Neighbours(previous, next, exact);
    }
  }

  private KeyRange below(Bytes point) {
    return KeyRange.of(RowKeys.entry(tree, Bytes.EMPTY), RowKeys.entry(tree, point));
  }

  private static Bytes first(StorageCursor walk) {
    try (StorageCursor cursor = walk) {
      return cursor.next() ? RowKeys.keyOf(cursor.key()) : Bytes.EMPTY;
    }
  }

  /** A part of a range, bounded in entries and in bytes. */
  public TreeResult.Page page(TreeQuery.Range query) {
    try (StorageCursor cursor = walk(query)) {
      List<TreeEntry> entries = new ArrayList<>();
      long bytes = 0;
      while (cursor.next()) {
        if (entries.size() == query.limit()) {
          return new TreeResult.Page(entries, true);
        }
        Bytes value = EntryRow.decode(cursor.value()).value();
        TreeEntry entry = new TreeEntry(RowKeys.keyOf(cursor.key()), value);
        bytes += entry.bytes();
        if (bytes > TreeLimits.PAGE_BYTES_MAX && !entries.isEmpty()) {
          return new TreeResult.Page(entries, true);
        }
        entries.add(entry);
      }
      return new TreeResult.Page(entries, false);
    }
  }

  private StorageCursor walk(TreeQuery.Range query) {
    KeyRange all = RowKeys.entries(tree);
    Bytes from = query.from();
    Bytes to = query.to();
    if (query.reverse()) {
      Optional<Bytes> end = from.isEmpty() ? all.to() : Optional.of(RowKeys.entry(tree, from));
      return view.scanBackward(new KeyRange(RowKeys.entry(tree, to), end));
    }
    Bytes start = from.isEmpty() ? all.from() : RowKeys.behindEntry(tree, from);
    Optional<Bytes> end = to.isEmpty() ? all.to() : Optional.of(RowKeys.behindEntry(tree, to));
    return view.scan(new KeyRange(start, end));
  }
}
