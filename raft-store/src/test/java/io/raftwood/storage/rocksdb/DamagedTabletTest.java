package io.raftwood.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.DamagedFiles;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletStore;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One bit of a stopped replica's tablet flips: it does not open, or what is damaged cannot be read,
 * or an exact prefix of its commits is there, which the Raft log completes. More flips: {@code
 * -Draftwood.test.flips=2000}.
 */
class DamagedTabletTest {
  private static final int COMMITS = 600;
  private static final int FLIPS = Integer.getInteger("raftwood.test.flips", 12);
  private static final RocksDbSettings SMALL = new RocksDbSettings(1 << 20, 1 << 20, 1 << 16, 1);

  @TempDir Path directory;

  private Path root;

  @BeforeEach
  void write() {
    root = directory.resolve("tablets");
    try (TabletStore store = new RocksDbTabletStore(root, SMALL);
        Tablet tablet = store.open("g")) {
      for (int i = 1; i <= COMMITS; i++) {
        StorageBatch batch = tablet.newBatch();
        batch.put(key(i), value(i));
        tablet.commit(batch);
        if (i % 200 == 0) {
          tablet.flush();
        }
      }
    }
  }

  @Test
  void aFlippedBitInATableIsNeverRead() {
    flip(".*\\.sst", 1);
  }

  @Test
  void aFlippedBitInTheListOfFilesIsNeverBelieved() {
    flip("(MANIFEST|CURRENT|OPTIONS|IDENTITY).*", 2);
  }

  @Test
  void verifyFindsWhatNobodyHasReadYet() {
    Set<String> unnoticed = new HashSet<>();
    DamagedFiles.flip(
        root,
        directory,
        ".*\\.sst",
        new SplittableRandom(3),
        FLIPS,
        (copy, what) -> {
          unnoticed.add(what);
          try (TabletStore store = new RocksDbTabletStore(copy, SMALL)) {
            Tablet tablet = store.open("g");
            try (tablet) {
              assertThatThrownBy(tablet::verify).as(what).isInstanceOf(StorageException.class);
              unnoticed.remove(what);
            }
          } catch (StorageException e) {
            // By opening it, or by closing it after a compaction had come upon the damage, too.
            unnoticed.remove(what);
          }
        });
    assertThat(unnoticed).isEmpty();
  }

  @Test
  void verifyIsContentWithAWholeTablet() {
    try (TabletStore store = new RocksDbTabletStore(root, SMALL);
        Tablet tablet = store.open("g")) {
      tablet.verify();
    }
  }

  private void flip(String pattern, long seed) {
    DamagedFiles.flip(
        root,
        directory,
        pattern,
        new SplittableRandom(seed),
        FLIPS,
        (copy, what) -> assertNothingWrongIsRead(copy, "seed " + seed + ", " + what));
  }

  private static void assertNothingWrongIsRead(Path copy, String what) {
    try (TabletStore store = new RocksDbTabletStore(copy, SMALL);
        Tablet tablet = store.open("g")) {
      int rows = 0;
      try (StorageCursor cursor = tablet.scan(KeyRange.ALL)) {
        while (cursor.next()) {
          rows++;
          assertThat(cursor.key()).as(what).isEqualTo(key(rows));
          assertThat(cursor.value()).as(what).isEqualTo(value(rows));
        }
      }
      for (int i = 1; i <= COMMITS; i++) {
        assertThat(tablet.get(key(i)).isPresent()).as(what).isEqualTo(i <= rows);
      }
    } catch (StorageException e) {
      assertThat(e).as("%s: detected, nothing wrong was read", what).hasMessageContaining("cannot");
    }
  }

  private static Bytes key(int i) {
    return Bytes.of('k', i >> 8, i & 0xff);
  }

  private static Bytes value(int i) {
    byte[] bytes = new byte[200];
    SplittableRandom random = new SplittableRandom(i);
    for (int at = 0; at < bytes.length; at++) {
      bytes[at] = (byte) random.nextInt();
    }
    return Bytes.wrap(bytes);
  }
}
