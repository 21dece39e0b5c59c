package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.KvModel;
import io.raftwood.fixtures.KvModel.Held;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Compares every row of a view with what a model's records demand: none missing, none over. */
record KvRecount(StorageView view, KvModel model) {
  /** Where the rows of sorted sets say which of their orders they belong to. */
  private static final int ORDER_AT = 3;

  void check(String when) {
    assertThat(recordAndExpiryRows()).as("rows %s", when).isEqualTo(expectedRows());
    checkCatalogue(when);
    tablesOf(RecordKind.SORTED_SET_MEMBER).forEach((table, held) -> checkOrder(when, table, held));
  }

  private Map<Bytes, Bytes> recordAndExpiryRows() {
    Map<Bytes, Bytes> rows = new TreeMap<>();
    for (Keyspace space : List.of(Keyspace.KV, Keyspace.HASH, Keyspace.SET, Keyspace.EXPIRY)) {
      rows.putAll(rows(space.range()));
    }
    rows(Keyspace.SORTED_SET.range())
        .forEach(
            (key, row) -> {
              if (key.at(ORDER_AT) == RowKeys.BY_MEMBER) {
                rows.put(key, row);
              }
            });
    return rows;
  }

  private Map<Bytes, Bytes> rows(KeyRange range) {
    Map<Bytes, Bytes> rows = new TreeMap<>();
    try (StorageCursor cursor = view.scan(range)) {
      while (cursor.next()) {
        rows.put(cursor.key(), cursor.value());
      }
    }
    return rows;
  }

  private Map<Bytes, Bytes> expectedRows() {
    Map<Bytes, Bytes> rows = new TreeMap<>();
    for (Held held : model.records()) {
      Bytes rowKey = RowKeys.record(held.id());
      rows.put(rowKey, row(held).encode());
      assertThat(RowKeys.recordId(rowKey)).isEqualTo(held.id());
      if (held.expiryMillis() != 0) {
        rows.put(RowKeys.expiry(held.expiryMillis(), rowKey), Bytes.EMPTY);
      }
    }
    return rows;
  }

  private static RecordRow row(Held held) {
    Bytes value =
        held.id().kind() == RecordKind.SORTED_SET_MEMBER
            ? StoredRecord.scoreValue(held.score())
            : held.value();
    return new RecordRow(held.version(), held.modRevision(), held.expiryMillis(), value);
  }

  /** Totals, tables and counts by slot, and no other rows among them. */
  private void checkCatalogue(String when) {
    assertThat(Catalogue.totals(view))
        .as("totals %s", when)
        .isEqualTo(model.countAll(new KvQuery.CountAll()));
    int rows = view.get(Bytes.of(Keyspace.CATALOGUE.tag(), 0)).isPresent() ? 1 : 0;
    for (RecordKind kind :
        List.of(RecordKind.HASH_FIELD, RecordKind.SET_MEMBER, RecordKind.SORTED_SET_MEMBER)) {
      for (Map.Entry<Bytes, List<Held>> table : tablesOf(kind).entrySet()) {
        rows += 1 + checkSlots(when, table.getKey(), table.getValue());
      }
    }
    assertThat(rows(Keyspace.CATALOGUE.range())).as("catalogue %s", when).hasSize(rows);
    assertThat(new TablePages(view).behind(Bytes.EMPTY, 1000))
        .as("tables %s", when)
        .isEqualTo(model.countTables(new KvQuery.CountTables(Bytes.EMPTY, 1000)));
  }

  private int checkSlots(String when, Bytes table, List<Held> records) {
    Map<Integer, Long> expected =
        records.stream().collect(Collectors.groupingBy(h -> h.id().slot(), Collectors.counting()));
    Map<Integer, Long> found = new HashMap<>();
    rows(Catalogue.slotsOf(table))
        .forEach((key, row) -> found.put(Catalogue.slotOf(key), Catalogue.countOf(row)));
    assertThat(found).as("slots of %s %s", table, when).isEqualTo(expected);
    return found.size();
  }

  private Map<Bytes, List<Held>> tablesOf(RecordKind kind) {
    return model.records().stream()
        .filter(held -> held.id().kind() == kind)
        .collect(Collectors.groupingBy(held -> held.id().table()));
  }

  /** The index shows each member once, with its own row, and every rank is the one counted. */
  private void checkOrder(String when, Bytes table, List<Held> members) {
    members.sort(Comparator.comparingLong(Held::score).thenComparing(held -> held.id().name()));
    ScoreIndex index = new ScoreIndex(table);
    List<Bytes> found = new ArrayList<>();
    try (StorageCursor cursor = index.from(view, 0)) {
      while (cursor.next() && found.size() <= members.size()) {
        Held held = members.get(Math.min(found.size(), members.size() - 1));
        assertThat(index.score(cursor.key())).as("score %s", when).isEqualTo(held.score());
        assertThat(cursor.value()).as("row %s", when).isEqualTo(row(held).encode());
        found.add(index.member(cursor.key()));
      }
    }
    assertThat(found)
        .as("order of %s %s", table, when)
        .isEqualTo(members.stream().map(Held::id).map(RecordId::name).collect(Collectors.toList()));
    for (Held held : members) {
      long below = members.stream().filter(other -> other.score() < held.score()).count();
      assertThat(index.rank(view, held.score())).as("rank %s", when).isEqualTo(below);
    }
  }
}
