package io.raftwood.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.Tablet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots share what they have read, but only with those of the same state. */
class SnapshotsUnderCommitsTest {
  private static final Bytes ROW = Bytes.utf8("row");
  private static final Bytes TWIN = Bytes.utf8("twin");
  private static final int COMMITS = 20_000;
  private static final int READERS = 3;

  @TempDir Path directory;

  @Test
  void everySnapshotReadsOneStateThatIsNotOlderThanWhatWasCommittedBefore() {
    AtomicBoolean ended = new AtomicBoolean();
    AtomicLong committed = new AtomicLong();
    AtomicLong snapshots = new AtomicLong();
    try (RocksDbTabletStore store = new RocksDbTabletStore(directory, RocksDbSettings.DEFAULT);
        Tablet tablet = store.open("g")) {
      commit(tablet, 0);
      List<CompletableFuture<Void>> readers = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        readers.add(
            CompletableFuture.runAsync(
                () -> {
                  while (!ended.get()) {
                    read(tablet, committed.get());
                    snapshots.incrementAndGet();
                  }
                }));
      }
      for (long number = 1; number <= COMMITS; number++) {
        commit(tablet, number);
        committed.set(number);
      }
      ended.set(true);
      readers.forEach(CompletableFuture::join);
    }
    assertThat(snapshots.get()).isGreaterThan(100);
  }

  private static void commit(Tablet tablet, long number) {
    Bytes value = new ByteWriter().u64(number).toBytes();
    StorageBatch batch = tablet.newBatch();
    batch.put(ROW, value);
    batch.put(TWIN, value);
    tablet.commit(batch);
  }

  private static void read(Tablet tablet, long atLeast) {
    try (StorageSnapshot moment = tablet.snapshot();
        StorageCursor cursor = moment.scan(KeyRange.ALL)) {
      assertThat(cursor.next()).isTrue();
      Bytes scanned = cursor.value();
      assertThat(moment.get(ROW)).contains(scanned);
      assertThat(moment.get(TWIN)).contains(scanned);
      assertThat(new ByteReader(scanned).u64()).isGreaterThanOrEqualTo(atLeast);
    }
  }
}
