package io.raftwood.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageContract;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletFigures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RocksDbTabletTest extends StorageContract {
  private final List<RocksDbTabletStore> stores = new ArrayList<>();

  @Override
  protected Tablet create() {
    return store("store").open("g");
  }

  @Override
  protected Tablet load(Path checkpoint) {
    return store("other").install("g", checkpoint);
  }

  private RocksDbTabletStore store(String name) {
    RocksDbTabletStore store =
        new RocksDbTabletStore(directory.resolve(name), RocksDbSettings.DEFAULT);
    stores.add(store);
    return store;
  }

  @Override
  protected void cleanUp() {
    stores.forEach(RocksDbTabletStore::close);
  }

  @Test
  void cursorOffItsEntriesIsAnErrorInsteadOfACrash() {
    try (Tablet tablet = store("s").open("t")) {
      StorageCursor cursor = tablet.scan(KeyRange.ALL);
      assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
      assertThat(cursor.next()).isFalse();
      assertThatThrownBy(cursor::value).isInstanceOf(IllegalStateException.class);
      cursor.close();
      cursor.close();
      assertThat(cursor.next()).isFalse();
      assertThatThrownBy(cursor::key).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void closedSnapshotIsAnErrorAndItsCursorGoesOn() {
    try (Tablet tablet = store("s").open("t")) {
      Prefix.commit(tablet, 1);
      StorageSnapshot snapshot = tablet.snapshot();
      try (StorageCursor cursor = snapshot.scan(KeyRange.ALL)) {
        snapshot.close();
        snapshot.close();
        assertThatThrownBy(() -> snapshot.get(Bytes.EMPTY))
            .isInstanceOf(IllegalStateException.class);
        assertThat(cursor.next()).isTrue();
      }
    }
  }

  @Test
  void flushMovesMemtableBytesToDiskInTheFigures() {
    try (Tablet tablet = store("s").open("t")) {
      StorageBatch batch = tablet.newBatch();
      for (long n = 1; n <= 2_000; n++) {
        batch.put(new ByteWriter().u64(n).toBytes(), Bytes.wrap(new byte[100]));
      }
      tablet.commit(batch);
      TabletFigures before = tablet.figures();
      tablet.flush();
      TabletFigures after = tablet.figures();

      assertThat(before.diskBytes()).isZero();
      assertThat(before.memtableBytes()).isGreaterThan(200_000);
      assertThat(after.diskBytes()).isGreaterThan(10_000);
      assertThat(after.memtableBytes()).isLessThan(before.memtableBytes());
      assertThat(after.estimatedKeys()).isEqualTo(2_000);
    }
  }

  @Test
  void whatWasCommittedIsThereAfterACleanCloseWithoutExplicitFlush() {
    RocksDbTabletStore store = store("s");
    try (Tablet tablet = store.open("t")) {
      Prefix.commit(tablet, 1);
    }
    try (Tablet tablet = store.open("t")) {
      assertThat(Prefix.verified(tablet)).isEqualTo(1);
    }
  }

  @Test
  void batchOfAnotherKindIsRefused() {
    try (Tablet tablet = store("s").open("t")) {
      assertThatThrownBy(() -> tablet.commit(new ForeignBatch()))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
