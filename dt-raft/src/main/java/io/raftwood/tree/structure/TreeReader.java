package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Neighbours;
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
 * @param place a tree that lives
 */
public record TreeReader(StorageView view, TreePlace place) {
  /** The entry of a key. */
  public Optional<EntryRow> entry(Bytes key) {
    return view.get(RowKeys.entry(place.tree(), key)).map(EntryRow::decode);
  }

  /** The leaf whose range holds {@code key}; adds the inner nodes it reads to {@code known}. */
  public NodeId leafOf(Bytes key, KnownInnerRows known) {
    KnownInnerRows.OfTree rows = known.of(place);
    return new NodeId(place.tree(), new NodeReader(view, place.tree()).leafOf(key, rows));
  }

  /** The keys next to a point, which may be empty: then it lies before all keys. */
  public TreeResult.Neighbours neighbours(Bytes point) {
    Neighbours found =
        view.neighbours(RowKeys.entries(place.tree()), RowKeys.entry(place.tree(), point));
    return new TreeResult.Neighbours(key(found.below()), key(found.above()), found.exact());
  }

  private static Bytes key(Optional<Bytes> row) {
    return row.map(RowKeys::keyOf).orElse(Bytes.EMPTY);
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
    KeyRange all = RowKeys.entries(place.tree());
    Bytes from = query.from();
    Bytes to = query.to();
    if (query.reverse()) {
      Optional<Bytes> end =
          from.isEmpty() ? all.to() : Optional.of(RowKeys.entry(place.tree(), from));
      return view.scanBackward(new KeyRange(RowKeys.entry(place.tree(), to), end));
    }
    Bytes start = from.isEmpty() ? all.from() : RowKeys.behindEntry(place.tree(), from);
    Optional<Bytes> end =
        to.isEmpty() ? all.to() : Optional.of(RowKeys.behindEntry(place.tree(), to));
    return view.scan(new KeyRange(start, end));
  }
}
