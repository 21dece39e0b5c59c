package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.RecordId;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RowFormatTest {
  private final GoldenFile golden = GoldenFile.read("rows-1.hex");
  private final RecordId key = RecordId.key(Bytes.utf8("key"));
  private final RecordId field = RecordId.field(Bytes.utf8("h1"), Bytes.utf8("f"));
  private final RecordId member = RecordId.member(Bytes.utf8("s1"), Bytes.of(0, 0xff));
  private final RecordId scored = RecordId.scored(Bytes.utf8("z1"), Bytes.utf8("m"));
  private final RecordRow record = new RecordRow(3, 0x44, 1_700_000_600_000L, Bytes.utf8("v1"));
  private final MachineRun run = new MachineRun();

  @Test
  void keepFormatOneByteForByte() {
    assertThat(record.encode()).isEqualTo(golden.get("record-row"));
    assertThat(RecordRow.decode(golden.get("record-row"))).isEqualTo(record);
    assertThat(RowKeys.record(key)).isEqualTo(golden.get("record-key"));
    Bytes expiryKey = RowKeys.expiry(record.expiryMillis(), RowKeys.record(key));
    assertThat(expiryKey).isEqualTo(golden.get("record-expiry-key"));
    assertThat(RowKeys.expiringRow(expiryKey)).isEqualTo(RowKeys.record(key));
    assertThat(RowKeys.expiryMillis(expiryKey)).isEqualTo(record.expiryMillis());
  }

  @Test
  void ofOneRecordOfEachKindAreTheseAndNoOthers() {
    writeOneOfEachKind();
    Map<Bytes, Bytes> expected = new TreeMap<>();
    for (String name :
        List.of(
            "written-key",
            "field",
            "member",
            "scored",
            "totals",
            "hash-table",
            "set-table",
            "sorted-set-table",
            "hash-slot",
            "set-slot",
            "sorted-set-slot",
            "written-key-expiry",
            "field-expiry",
            "member-expiry",
            "scored-expiry")) {
      expected.put(golden.get(name + "-key"), golden.get(name + "-row"));
    }
    assertThat(rows()).isEqualTo(expected);
  }

  @Test
  void ofRecordsNameThemInTheirKeys() {
    assertThat(RowKeys.recordId(golden.get("record-key"))).isEqualTo(key);
    assertThat(RowKeys.recordId(golden.get("field-key"))).isEqualTo(field);
    assertThat(RowKeys.recordId(golden.get("member-key"))).isEqualTo(member);
    assertThat(RowKeys.recordId(golden.get("scored-key"))).isEqualTo(scored);
  }

  @Test
  void goWithTheLastRecordButForTheTotalsWhichAreZero() {
    writeOneOfEachKind();
    List.of(key, field, member, scored).forEach(run::delete);
    Bytes zeros = Bytes.of(1).concat(Bytes.wrap(new byte[48]));
    assertThat(rows()).containsOnly(Map.entry(golden.get("totals-key"), zeros));
  }

  private void writeOneOfEachKind() {
    run.put(key, Bytes.utf8("v1"), 600);
    run.put(field, Bytes.utf8("v1"), 600);
    run.put(member, Bytes.EMPTY, 600);
    run.apply(new KvCommand.SetScore(scored, KvCommand.ScoreChange.SET, -2, 600, 0));
  }

  /** All rows but those of a sorted set's order. */
  private Map<Bytes, Bytes> rows() {
    Map<Bytes, Bytes> rows = new TreeMap<>();
    try (StorageCursor cursor = run.tablet.scan(KeyRange.ALL)) {
      while (cursor.next()) {
        rows.put(cursor.key(), cursor.value());
      }
    }
    rows.keySet()
        .removeIf(row -> row.at(0) == Keyspace.SORTED_SET.tag() && row.at(3) != RowKeys.BY_MEMBER);
    return rows;
  }

  @Nested
  class Damaged {
    @Test
    void areAStorageFaultWhenCutShortOrOfAnotherFormat() {
      Bytes row = golden.get("record-row");
      for (int length = 0; length < 21; length++) {
        Bytes cut = row.slice(0, length);
        assertThatThrownBy(() -> RecordRow.decode(cut)).isInstanceOf(StorageException.class);
      }
      assertThatThrownBy(() -> RecordRow.decode(Bytes.of(2).concat(row.slice(1))))
          .isInstanceOf(StorageException.class);
    }

    @Test
    void areAStorageFaultInTheCatalogue() {
      Bytes totals = golden.get("totals-row");
      assertFault("totals-key", totals.slice(1));
      assertFault("totals-key", Bytes.of(2).concat(totals.slice(1)));
      Bytes table = golden.get("hash-table-row");
      for (int kind : new int[] {0, 4, 255}) {
        assertFault("hash-table-key", Bytes.of(1, kind).concat(table.slice(2)));
      }
      assertFault("hash-table-key", table.concat(Bytes.of(0)));
      assertFault("hash-slot-key", Bytes.of(1, 1));
    }

    private void assertFault(String keyName, Bytes row) {
      Bytes damaged = golden.get(keyName);
      MachineRun fresh = new MachineRun();
      fresh.plant(damaged, row);
      assertThatThrownBy(() -> fresh.put(field, Bytes.utf8("v1"), 0))
          .as("%s %s", keyName, row)
          .isInstanceOf(StorageException.class);
    }

    @Test
    void areAStorageFaultWhereAScoreShouldBe() {
      run.apply(new KvCommand.SetScore(scored, KvCommand.ScoreChange.SET, -2, 0, 0));
      run.plant(golden.get("scored-key"), record.encode());
      assertThatThrownBy(() -> run.delete(scored)).isInstanceOf(StorageException.class);
    }

    @Test
    void areNoRecordsKeys() {
      for (Bytes none :
          List.of(
              Bytes.EMPTY,
              Bytes.of(1),
              Bytes.of(1, 0, 0),
              Bytes.of(2, 0, 0, 'h'),
              Bytes.of(2, 0, 0, 0, 'f'),
              Bytes.of(2, 0, 0, 'h', 0),
              Bytes.of(4, 0, 0, 0),
              Bytes.of(4, 0, 0, 0, 'z', 0),
              Bytes.of(4, 0, 0, 1, 'z', 0, 'm'),
              Bytes.of(5, 0, 0, 'h', 0, 'f'),
              Bytes.of(7, 0, 0, 'h', 0, 'f'))) {
        assertThatThrownBy(() -> RowKeys.recordId(none))
            .as("%s", none)
            .isExactlyInstanceOf(StorageException.class);
      }
    }
  }
}
