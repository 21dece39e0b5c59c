package io.raftwood.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.raftwood.storage.DamagedSnapshotException;
import io.raftwood.storage.Models;
import io.raftwood.storage.SnapshotManifest;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
  /** Small memtables, so that flushes and compactions run meanwhile. */
  private static final RocksDbSettings BUSY = new RocksDbSettings(1 << 20, 1 << 20, 1 << 16, 2);

  @TempDir private Path directory;

  @Test
  void underWriteLoadIsAnExactPrefixWhenCopiedElsewhereAndOpened() throws Exception {
    List<Long> positions = new ArrayList<>();
    try (TabletStore store = new RocksDbTabletStore(directory.resolve("busy"), BUSY);
        Tablet tablet = store.open("g")) {
      AtomicLong written = new AtomicLong();
      AtomicBoolean stop = new AtomicBoolean();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread writer = writer(tablet, written, stop, failure);
      for (int round = 0; round < 5; round++) {
        long wanted = written.get() + 1_000;
        Models.await("writes go on", () -> written.get() >= wanted || failure.get() != null);
        Path checkpoint = directory.resolve("checkpoint-" + round);
        long before = written.get();
        tablet.checkpoint(checkpoint);
        long position = positionOfCopy(checkpoint, round);
        assertThat(position).isBetween(before, written.get());
        positions.add(position);
      }
      stop.set(true);
      writer.join();
      assertThat(failure.get()).isNull();
      assertThat(Prefix.verified(tablet)).isEqualTo(written.get());
    }
    System.out.println("checkpoints under write load, opened elsewhere at " + positions);
  }

  private static Thread writer(
      Tablet tablet, AtomicLong written, AtomicBoolean stop, AtomicReference<Throwable> failure) {
    Thread writer =
        new Thread(
            () -> {
              while (!stop.get()) {
                Prefix.commit(tablet, written.get() + 1);
                written.incrementAndGet();
              }
            },
            "writer");
    writer.setUncaughtExceptionHandler((thread, thrown) -> failure.set(thrown));
    writer.start();
    return writer;
  }

  private long positionOfCopy(Path checkpoint, int round) throws IOException {
    SnapshotManifest.write(checkpoint, Map.of("round", Integer.toString(round)));
    Path copy = Files.createDirectory(directory.resolve("copy-" + round));
    for (Path file : files(checkpoint)) {
      Files.copy(file, copy.resolve(file.getFileName()));
    }
    SnapshotManifest.verify(copy);
    try (TabletStore other = new RocksDbTabletStore(directory.resolve("other-" + round), BUSY);
        Tablet opened = other.install("g", copy)) {
      SnapshotManifest.verify(copy);
      return Prefix.verified(opened);
    }
  }

  @Test
  void damagedInAnyFileIsRefusedByItsManifest() throws IOException {
    Path checkpoint = directory.resolve("checkpoint");
    try (TabletStore store = new RocksDbTabletStore(directory.resolve("store"), BUSY);
        Tablet tablet = store.open("g")) {
      for (long n = 1; n <= 3_000; n++) {
        Prefix.commit(tablet, n);
      }
      tablet.checkpoint(checkpoint);
    }
    SnapshotManifest.write(checkpoint, Map.of());
    int damages = 0;
    for (Path file : files(checkpoint)) {
      damages += damageAndRestore(checkpoint, file);
    }
    SnapshotManifest.verify(checkpoint);
    assertThat(damages).isGreaterThan(4 * 5);
    System.out.println(damages + " damages in " + files(checkpoint).size() + " files refused");
  }

  /** Every damage to {@code file} must be refused by name; answers how many there were. */
  private static int damageAndRestore(Path checkpoint, Path file) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    List<byte[]> damaged = new ArrayList<>();
    damaged.add(Arrays.copyOf(whole, whole.length + 1));
    if (whole.length > 0) {
      damaged.add(Arrays.copyOf(whole, whole.length - 1));
      damaged.add(Arrays.copyOf(whole, whole.length / 2));
      for (int at : new int[] {0, whole.length / 2, whole.length - 1}) {
        byte[] flipped = whole.clone();
        flipped[at] ^= 1;
        damaged.add(flipped);
      }
    }
    // Written as new files: the tables are hard links of the tablet's own.
    for (byte[] content : damaged) {
      Files.delete(file);
      Files.write(file, content);
      assertThat(damagedFile(checkpoint)).isEqualTo(file.getFileName().toString());
    }
    Files.delete(file);
    assertThat(damagedFile(checkpoint)).isEqualTo(file.getFileName().toString());
    Files.write(file, whole);
    return damaged.size() + 1;
  }

  private static String damagedFile(Path checkpoint) {
    return catchThrowableOfType(
            DamagedSnapshotException.class, () -> SnapshotManifest.verify(checkpoint))
        .file();
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.sorted().collect(Collectors.toList());
    }
  }
}
