package io.raftwood.cache.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CachePlace;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Counts a cache's rows anew and compares them with each other and with the figures. */
final class CacheRecount {
  private final Map<Bytes, NameRow> names = new HashMap<>();
  private final Map<Bytes, FieldRow> fields = new HashMap<>();
  private final Set<Bytes> expiries = new TreeSet<>();
  private final Map<CachePlace, OrderRow> orders = new HashMap<>();
  private final Set<Long> doomed = new TreeSet<>();
  private final CacheFigures figures;

  CacheRecount(StorageView view) {
    figures = CacheFigures.read(view);
    try (StorageCursor cursor = view.scan(Keyspace.CACHE.range())) {
      while (cursor.next()) {
        take(cursor.key(), cursor.value());
      }
    }
  }

  private void take(Bytes key, Bytes value) {
    switch (key.at(1)) {
      case 0 -> assertThat(key).isEqualTo(CacheRowKeys.FIGURES);
      case 1 -> names.put(key.slice(2), NameRow.decode(value));
      case 2 -> fields.put(key.slice(2), FieldRow.decode(value));
      case 3 -> expiries.add(key);
      case 4 -> orders.put(CacheRowKeys.place(key), OrderRow.decode(value));
      case 5 -> doomed.add(CacheRowKeys.doomedGeneration(key));
      default -> throw new AssertionError("an unknown row " + key);
    }
  }

  /**
   * Every record has its place, its expiry, and its bytes in the figures; nothing else is there.
   */
  void check(String context) {
    long bytes = 0;
    Set<Bytes> due = new TreeSet<>();
    Map<Long, Long> counts = new HashMap<>();
    for (Map.Entry<Bytes, OrderRow> order : byKey().entrySet()) {
      CachePlace place = CacheRowKeys.place(order.getKey());
      CacheId id = order.getValue().id();
      assertThat(place.revision()).as(context).isGreaterThanOrEqualTo(figures.oldest());
      if (id.inTable()) {
        Bytes field = CacheRowKeys.field(order.getValue().generation(), id.key()).slice(2);
        FieldRow row = fields.remove(field);
        assertThat(row).as("%s: field %s", context, id).isNotNull();
        assertThat(row.place()).as(context).isEqualTo(place);
        assertThat(row.tableBytes()).as(context).isEqualTo(id.table().length());
        bytes +=
            CacheFigures.bytesOfField(id.table().length(), id.key().length(), row.value().length());
        counts.merge(order.getValue().generation(), 1L, Long::sum);
      } else {
        assertThat(names.get(id.key()).place()).as(context).isEqualTo(place);
      }
    }
    assertThat(fields).as(context).isEmpty();
    for (Map.Entry<Bytes, NameRow> name : names.entrySet()) {
      NameRow row = name.getValue();
      int length = name.getKey().length();
      if (row.expiryMillis() != 0) {
        due.add(CacheRowKeys.expiry(row.expiryMillis(), name.getKey()));
      }
      if (row.table()) {
        bytes += CacheFigures.bytesOfTable(length);
        assertThat(counts.remove(row.generation())).as(context).isEqualTo(row.fields());
      } else {
        bytes += CacheFigures.bytesOfPlain(length, row.value().length());
        assertThat(orders.get(row.place()).id()).as(context).isEqualTo(CacheId.key(name.getKey()));
      }
    }
    assertThat(doomed).as(context).containsAll(counts.keySet());
    assertThat(expiries).as(context).isEqualTo(due);
    assertThat(figures.bytes()).as(context).isEqualTo(bytes);
    assertThat(figures.records()).as(context).isEqualTo(orders.size());
    assertThat(figures.bytes()).as(context).isLessThanOrEqualTo(figures.budget());
  }

  private Map<Bytes, OrderRow> byKey() {
    Map<Bytes, OrderRow> rows = new HashMap<>();
    orders.forEach((place, row) -> rows.put(CacheRowKeys.order(place), row));
    return rows;
  }

  CacheFigures figures() {
    return figures;
  }
}
