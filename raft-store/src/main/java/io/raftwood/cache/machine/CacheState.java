package io.raftwood.cache.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CachePlace;
import io.raftwood.raft.ApplyContext;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import java.util.Optional;

/**
 * The rows of the cache within one command: every record together with its place in the order of
 * writes, its expiry, and the figures. Ended by {@link #save}.
 */
final class CacheState {
  private final StorageBatch batch;
  private final long revision;
  private final long clockMillis;
  private final CacheFigures before;
  private CacheFigures figures;
  private int parts;

  CacheState(ApplyContext context) {
    this.batch = context.batch();
    this.revision = context.revision();
    this.clockMillis = context.clockMillis();
    this.before = CacheFigures.read(batch);
    this.figures = before;
  }

  long clockMillis() {
    return clockMillis;
  }

  CacheFigures figures() {
    return figures;
  }

  void setBudget(long bytes) {
    figures = figures.withBudget(bytes);
  }

  /** Writes the figures. */
  void save() {
    if (!figures.equals(before)) {
      batch.put(CacheRowKeys.FIGURES, figures.encode());
    }
  }

  /** The name's row unless it has expired. */
  Optional<NameRow> live(Bytes name) {
    return row(name).filter(found -> found.liveAt(clockMillis));
  }

  private Optional<NameRow> row(Bytes name) {
    return batch.get(CacheRowKeys.name(name)).map(NameRow::decode);
  }

  Optional<FieldRow> field(NameRow table, Bytes field) {
    return batch.get(CacheRowKeys.field(table.generation(), field)).map(FieldRow::decode);
  }

  /** Stores a plain key in the place of whatever has its name; there must be room. */
  void putPlain(Bytes name, Bytes value, long expiryMillis) {
    remove(name);
    NameRow row = NameRow.plain(expiryMillis, nextPlace(), value);
    batch.put(CacheRowKeys.name(name), row.encode());
    batch.put(CacheRowKeys.order(row.place()), new OrderRow(CacheId.key(name), 0).encode());
    addExpiry(name, expiryMillis);
    figures = figures.plus(CacheFigures.bytesOfPlain(name.length(), value.length()), 1);
  }

  /** Stores a field of a hash, or of no name; there must be room. */
  void putField(CacheId id, Bytes value) {
    Bytes name = id.table();
    Optional<NameRow> found = live(name);
    if (found.isEmpty()) {
      remove(name);
      figures = figures.plus(CacheFigures.bytesOfTable(name.length()), 0);
    }
    NameRow table = found.orElseGet(() -> NameRow.table(0, revision, 0));
    Optional<FieldRow> replaced = field(table, id.key());
    replaced.ifPresent(row -> forgetField(table.generation(), id.key(), row));
    FieldRow row = new FieldRow(name.length(), nextPlace(), value);
    batch.put(CacheRowKeys.field(table.generation(), id.key()), row.encode());
    batch.put(CacheRowKeys.order(row.place()), new OrderRow(id, table.generation()).encode());
    figures = figures.plus(bytesOf(id.key(), row), 1);
    if (replaced.isEmpty()) {
      batch.put(CacheRowKeys.name(name), table.withFields(table.fields() + 1).encode());
    }
  }

  /** Gives a plain key or hash another expiry. */
  void setExpiry(Bytes name, NameRow row, long expiryMillis) {
    forgetExpiry(name, row);
    addExpiry(name, expiryMillis);
    batch.put(CacheRowKeys.name(name), row.withExpiry(expiryMillis).encode());
  }

  /** Removes whatever has the name, expired or not. A hash's fields stay for {@link #purge}. */
  void remove(Bytes name) {
    row(name).ifPresent(row -> remove(name, row));
  }

  private void remove(Bytes name, NameRow row) {
    forgetExpiry(name, row);
    batch.delete(CacheRowKeys.name(name));
    if (row.table()) {
      batch.put(CacheRowKeys.doomed(row.generation()), Bytes.EMPTY);
      figures = figures.plus(-CacheFigures.bytesOfTable(name.length()), 0);
    } else {
      batch.delete(CacheRowKeys.order(row.place()));
      long bytes = CacheFigures.bytesOfPlain(name.length(), row.value().length());
      figures = figures.plus(-bytes, -1);
    }
  }

  /** Removes a field, and its hash with the last one. */
  void removeField(CacheId id, NameRow table, FieldRow row) {
    forgetField(table.generation(), id.key(), row);
    if (table.fields() > 1) {
      Bytes key = CacheRowKeys.name(id.table());
      batch.put(key, table.withFields(table.fields() - 1).encode());
    } else {
      forgetExpiry(id.table(), table);
      batch.delete(CacheRowKeys.name(id.table()));
      figures = figures.plus(-CacheFigures.bytesOfTable(id.table().length()), 0);
    }
  }

  /** Removes the oldest records until {@code bytes} more are within the budget. */
  void makeRoom(long bytes) {
    if (figures.bytes() + bytes <= figures.budget()) {
      return;
    }
    try (StorageCursor cursor = batch.scan(CacheRowKeys.ordersFrom(figures.oldest()))) {
      while (figures.bytes() + bytes > figures.budget() && cursor.next()) {
        figures = figures.withOldest(CacheRowKeys.place(cursor.key()).revision());
        evict(CacheRowKeys.place(cursor.key()));
      }
    }
  }

  /** Removes what stands at {@code place}; whether anything did. */
  boolean evict(CachePlace place) {
    Optional<OrderRow> found = at(place);
    if (found.isEmpty()) {
      return false;
    }
    CacheId id = found.get().id();
    Optional<NameRow> name = row(id.inTable() ? id.table() : id.key());
    if (!id.inTable()) {
      remove(id.key(), name.orElseThrow(() -> missing(id)));
    } else {
      FieldRow row = fieldAt(found.get());
      if (isOf(name, found.get())) {
        removeField(id, name.orElseThrow(), row);
      } else {
        forgetField(found.get().generation(), id.key(), row);
      }
    }
    figures = figures.evictedOne();
    return true;
  }

  /** Moves what stands at {@code place} to the end of the order of writes. */
  void keep(CachePlace place) {
    Optional<OrderRow> found = at(place);
    if (found.isEmpty()) {
      return;
    }
    CacheId id = found.get().id();
    CachePlace next = nextPlace();
    batch.delete(CacheRowKeys.order(place));
    batch.put(CacheRowKeys.order(next), found.get().encode());
    if (id.inTable()) {
      FieldRow row = fieldAt(found.get());
      batch.put(
          CacheRowKeys.field(found.get().generation(), id.key()),
          new FieldRow(row.tableBytes(), next, row.value()).encode());
    } else {
      NameRow row = row(id.key()).orElseThrow(() -> missing(id));
      batch.put(
          CacheRowKeys.name(id.key()),
          NameRow.plain(row.expiryMillis(), next, row.value()).encode());
    }
  }

  /** Notes where the order of writes begins now, so that no search walks over what is gone. */
  void findOldest() {
    try (StorageCursor cursor = batch.scan(CacheRowKeys.ordersFrom(figures.oldest()))) {
      long first = cursor.next() ? CacheRowKeys.place(cursor.key()).revision() : revision;
      figures = figures.withOldest(first);
    }
  }

  /** Removes up to {@code limit} of what has expired, then of what removed hashes left. */
  int purge(int limit) {
    int removed = 0;
    try (StorageCursor cursor = batch.scan(CacheRowKeys.expiries())) {
      while (removed < limit
          && cursor.next()
          && CacheRowKeys.expiryMillis(cursor.key()) <= clockMillis) {
        remove(CacheRowKeys.expiringName(cursor.key()));
        figures = figures.expiredOne();
        removed++;
      }
    }
    try (StorageCursor cursor = batch.scan(CacheRowKeys.doomed())) {
      while (removed < limit && cursor.next()) {
        removed += purgeDoomed(CacheRowKeys.doomedGeneration(cursor.key()), limit - removed);
      }
    }
    return removed;
  }

  private int purgeDoomed(long generation, int limit) {
    int removed = 0;
    try (StorageCursor cursor = batch.scan(CacheRowKeys.fields(generation))) {
      while (cursor.next()) {
        if (removed == limit) {
          return removed;
        }
        Bytes field = CacheRowKeys.fieldOf(cursor.key());
        forgetField(generation, field, FieldRow.decode(cursor.value()));
        removed++;
      }
    }
    batch.delete(CacheRowKeys.doomed(generation));
    return removed;
  }

  private Optional<OrderRow> at(CachePlace place) {
    return batch.get(CacheRowKeys.order(place)).map(OrderRow::decode);
  }

  private FieldRow fieldAt(OrderRow order) {
    return batch
        .get(CacheRowKeys.field(order.generation(), order.id().key()))
        .map(FieldRow::decode)
        .orElseThrow(() -> missing(order.id()));
  }

  private static boolean isOf(Optional<NameRow> name, OrderRow order) {
    return name.isPresent() && name.get().table() && name.get().generation() == order.generation();
  }

  private void forgetField(long generation, Bytes field, FieldRow row) {
    batch.delete(CacheRowKeys.field(generation, field));
    batch.delete(CacheRowKeys.order(row.place()));
    figures = figures.plus(-bytesOf(field, row), -1);
  }

  private static long bytesOf(Bytes field, FieldRow row) {
    return CacheFigures.bytesOfField(row.tableBytes(), field.length(), row.value().length());
  }

  private void addExpiry(Bytes name, long expiryMillis) {
    if (expiryMillis != 0) {
      batch.put(CacheRowKeys.expiry(expiryMillis, name), Bytes.EMPTY);
    }
  }

  private void forgetExpiry(Bytes name, NameRow row) {
    if (row.expiryMillis() != 0) {
      batch.delete(CacheRowKeys.expiry(row.expiryMillis(), name));
    }
  }

  private CachePlace nextPlace() {
    return new CachePlace(revision, parts++);
  }

  private static StorageException missing(CacheId id) {
    return new StorageException("the cache has a place in its order, but no record, for " + id);
  }
}
