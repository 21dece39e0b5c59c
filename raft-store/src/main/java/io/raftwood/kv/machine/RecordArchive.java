package io.raftwood.kv.machine;

import io.raftwood.backup.Archive;
import io.raftwood.backup.ArchivePage;
import io.raftwood.backup.PageBuilder;
import io.raftwood.backup.RestoreRule;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.RecordItem;
import io.raftwood.kv.RecordKind;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Slot;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import java.util.Optional;

/**
 * The records of a group as items, by slot, then kind, then row: the same order however many groups
 * there are. A place is the key of the last record's row. Records that have expired are passed on
 * like others: whoever puts them judges by his own time.
 */
public final class RecordArchive implements Archive {
  @Override
  public int family() {
    return KvCommand.FAMILY;
  }

  @Override
  public ArchivePage page(StorageView view, Bytes after, int bytesMax) {
    PageBuilder page = new PageBuilder(bytesMax);
    int first = after.isEmpty() ? 0 : slotOfPlace(after);
    for (int slot = first; slot < Slot.COUNT; slot++) {
      for (RecordKind kind : RecordKind.values()) {
        KeyRange range = RowKeys.slot(kind, slot);
        Optional<Bytes> end = take(view, slot == first ? behind(range, after) : range, page);
        if (end.isPresent()) {
          return page.page(end);
        }
      }
    }
    return page.page(Optional.empty());
  }

  @Override
  public long count(StorageView view) {
    return Catalogue.records(view);
  }

  private static int slotOfPlace(Bytes place) {
    try {
      return RowKeys.recordId(place).slot();
    } catch (StorageException e) {
      throw new MalformedBytesException("a place in no records");
    }
  }

  /** Kinds stand in the order of their key spaces, so one place serves all of its slot. */
  private static KeyRange behind(KeyRange range, Bytes place) {
    Bytes next = place.concat(Bytes.of(0));
    return place.isEmpty() || next.compareTo(range.from()) <= 0
        ? range
        : new KeyRange(next, range.to());
  }

  /** Takes rows until they end, or the page does: then where. */
  private static Optional<Bytes> take(StorageView view, KeyRange range, PageBuilder page) {
    if (range.isEmpty()) {
      return Optional.empty();
    }
    try (StorageCursor rows = view.scan(range)) {
      while (rows.next()) {
        RecordRow row = RecordRow.decode(rows.value());
        page.add(
            new RecordItem(
                    RowKeys.recordId(rows.key()),
                    row.version(),
                    row.modRevision(),
                    row.expiryMillis(),
                    row.value())
                .encode());
        if (page.isFull()) {
          return Optional.of(rows.key());
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public int slotOf(Bytes item) {
    return RecordItem.decode(item).id().slot();
  }

  @Override
  public boolean allows(RestoreRule rule) {
    return true;
  }

  @Override
  public Landing put(ApplyContext context, RestoreRule rule, Bytes bytes) {
    RecordItem item = RecordItem.decode(bytes);
    StoredRecord stored = new StoredRecord(context.batch(), item.id());
    long modRevision = rule == RestoreRule.RESTORE ? item.modRevision() : context.revision();
    RecordRow row = new RecordRow(item.version(), modRevision, item.expiryMillis(), item.value());
    if (!row.liveAt(context.clockMillis())) {
      return Landing.EXPIRED;
    }
    if (isOtherKind(context, item, stored)) {
      return Landing.REFUSED;
    }
    if (stays(context, rule, row, stored)) {
      return Landing.KEPT;
    }
    stored.write(row);
    return Landing.WRITTEN;
  }

  private static boolean isOtherKind(ApplyContext context, RecordItem item, StoredRecord stored) {
    if (item.id().kind() == RecordKind.KEY || stored.exists()) {
      return false;
    }
    Optional<RecordKind> kind = Catalogue.kindOf(context.batch(), item.id().table());
    return kind.isPresent() && kind.get() != item.id().kind();
  }

  private static boolean stays(
      ApplyContext context, RestoreRule rule, RecordRow row, StoredRecord stored) {
    switch (rule) {
      case RESTORE:
        return stored.row().filter(there -> there.modRevision() >= row.modRevision()).isPresent();
      case IMPORT:
        return stored
            .liveAt(context.clockMillis())
            .filter(there -> there.version() >= row.version())
            .isPresent();
      default:
        return false;
    }
  }
}
