package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.kv.RecordId;
import io.raftwood.storage.StorageException;
import org.junit.jupiter.api.Test;

class RowFormatTest {
  private final GoldenFile golden = GoldenFile.read("rows-1.hex");
  private final RecordId key = RecordId.key(Bytes.utf8("key"));
  private final RecordRow record = new RecordRow(3, 0x44, 1_700_000_600_000L, Bytes.utf8("v1"));

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
  void cutShortOrOfAnotherFormatAreAStorageFault() {
    Bytes row = golden.get("record-row");
    for (int length = 0; length < 21; length++) {
      Bytes cut = row.slice(0, length);
      assertThatThrownBy(() -> RecordRow.decode(cut)).isInstanceOf(StorageException.class);
    }
    assertThatThrownBy(() -> RecordRow.decode(Bytes.of(2).concat(row.slice(1))))
        .isInstanceOf(StorageException.class);
  }
}
