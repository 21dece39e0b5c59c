package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.kv.RecordKind;
import io.raftwood.kv.SlotRange;
import io.raftwood.raft.QueryContext;
import io.raftwood.raft.Slot;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Listings by slot. What an offset leaves out is walked (a table's whole slots are skipped by their
 * counts), so a page costs O(offset) steps within a file, O(slots + offset within one slot) within
 * a table.
 */
record RecordPages(QueryContext context) {
  /** Records of all kinds. */
  KvResult listRecords(KvQuery.ListRecords query) {
    PageWalk walk =
        new PageWalk(context.clockMillis(), query.offset(), query.size(), query.withValues());
    for (int slot = query.slots().from(); slot < query.slots().to(); slot++) {
      if (takeSlot(walk, slot)) {
        return walk.page(false);
      }
    }
    return walk.page(true);
  }

  private boolean takeSlot(PageWalk walk, int slot) {
    for (RecordKind kind : RecordKind.values()) {
      if (take(walk, RowKeys.slot(kind, slot))) {
        return true;
      }
    }
    return false;
  }

  /** Records of one table. */
  KvResult listTable(KvQuery.ListTable query) {
    Optional<TableFigures> table = Catalogue.table(context.view(), query.table());
    if (table.isEmpty()) {
      return new KvResult.Absent();
    }
    if (table.get().kind() != query.kind()) {
      return new KvResult.WrongKind();
    }
    PageWalk walk =
        new PageWalk(context.clockMillis(), query.offset(), query.size(), query.withValues());
    return walk.page(!takeTable(walk, query));
  }

  private boolean takeTable(PageWalk walk, KvQuery.ListTable query) {
    try (StorageCursor slots = context.view().scan(Catalogue.slotsOf(query.table()))) {
      while (slots.next()) {
        int slot = Catalogue.slotOf(slots.key());
        long count = Catalogue.countOf(slots.value());
        if (!query.slots().contains(slot)) {
          continue;
        }
        if (count <= walk.toSkip()) {
          walk.skip(count);
        } else if (take(walk, RowKeys.table(query.kind(), slot, query.table(), Bytes.EMPTY))) {
          return true;
        }
      }
    }
    return false;
  }

  /** A scan from a place on. */
  KvResult scan(KvQuery.Scan query) {
    PageWalk walk = new PageWalk(context.clockMillis(), 0, query.size(), query.withValues());
    for (KeyRange range : scanned(query)) {
      KeyRange rest = query.after().isPresent() ? behind(range, query.after().get()) : range;
      if (!rest.isEmpty() && take(walk, rest)) {
        return walk.scanPage(false);
      }
    }
    return walk.scanPage(true);
  }

  private List<KeyRange> scanned(KvQuery.Scan query) {
    if (query.table().isEmpty()) {
      return query.prefix().isEmpty()
          ? List.of(RowKeys.keys(SlotRange.ALL))
          : keysBySlot(query.prefix());
    }
    List<KeyRange> ranges = new ArrayList<>();
    Optional<RecordKind> kind = Catalogue.kindOf(context.view(), query.table());
    try (StorageCursor slots = context.view().scan(Catalogue.slotsOf(query.table()))) {
      while (kind.isPresent() && slots.next()) {
        int slot = Catalogue.slotOf(slots.key());
        ranges.add(RowKeys.table(kind.get(), slot, query.table(), query.prefix()));
      }
    }
    return ranges;
  }

  private static List<KeyRange> keysBySlot(Bytes prefix) {
    List<KeyRange> ranges = new ArrayList<>(Slot.COUNT);
    for (int slot = 0; slot < Slot.COUNT; slot++) {
      ranges.add(RowKeys.keysWithPrefix(slot, prefix));
    }
    return ranges;
  }

  /** The part of {@code range} behind {@code place}, which may be any bytes. */
  private static KeyRange behind(KeyRange range, Bytes place) {
    Bytes next = place.concat(Bytes.of(0));
    return next.compareTo(range.from()) > 0 ? new KeyRange(next, range.to()) : range;
  }

  private boolean take(PageWalk walk, KeyRange range) {
    try (StorageCursor rows = context.view().scan(range)) {
      return walk.takeAll(rows);
    }
  }
}
