package io.raftwood.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Models;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletClosedException;
import io.raftwood.storage.TabletStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloseWhileReadingTest {
  private static final int ROUNDS = 10;

  @TempDir private Path directory;

  @Test
  void readsUnderWayEndNormallyAndLaterOnesAreRefused() {
    try (TabletStore store = new RocksDbTabletStore(directory, RocksDbSettings.DEFAULT)) {
      for (int round = 1; round <= ROUNDS; round++) {
        Tablet tablet = store.open("g");
        Prefix.commit(tablet, round);
        AtomicLong reads = new AtomicLong();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        readers.add(reader(tablet, reads, CloseWhileReadingTest::get));
        readers.add(reader(tablet, reads, CloseWhileReadingTest::walk));
        readers.add(reader(tablet, reads, CloseWhileReadingTest::walkSnapshot));
        readers.add(reader(tablet, reads, Prefix::position));
        readers.add(reader(tablet, reads, Tablet::figures));
        Models.await("reads run", () -> reads.get() > 1_000);
        tablet.close();
        readers.forEach(CompletableFuture::join);
      }
    }
  }

  /** Reads until refused; fails with anything but the refusal. */
  private static CompletableFuture<Void> reader(
      Tablet tablet, AtomicLong reads, Consumer<Tablet> read) {
    CompletableFuture<Void> ended = new CompletableFuture<>();
    Runnable loop =
        () -> {
          try {
            while (true) {
              read.accept(tablet);
              reads.incrementAndGet();
            }
          } catch (TabletClosedException e) {
            ended.complete(null);
          } catch (RuntimeException | AssertionError e) {
            ended.completeExceptionally(e);
          }
        };
    new Thread(loop, "reader").start();
    return ended;
  }

  private static void get(Tablet tablet) {
    assertThat(tablet.get(Bytes.of(0))).isPresent();
  }

  private static void walk(Tablet tablet) {
    try (StorageCursor cursor = tablet.scan(KeyRange.ALL)) {
      assertThat(cursor.next()).isTrue();
    }
  }

  private static void walkSnapshot(Tablet tablet) {
    try (StorageSnapshot snapshot = tablet.snapshot();
        StorageCursor cursor = snapshot.scanBackward(KeyRange.ALL)) {
      assertThat(cursor.next()).isTrue();
      assertThat(snapshot.get(Bytes.of(0))).isPresent();
    }
  }
}
