package io.raftwood.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksDbTabletStoreTest {
  private static final long OLD = 3;
  private static final long NEW = 7;

  @TempDir private Path directory;

  @Test
  void firstOpenCreatesGenerationZeroAndLaterOnesFindIt() throws IOException {
    try (TabletStore store = store()) {
      assertThat(store.groups()).isEmpty();
      try (Tablet tablet = store.open("data-0")) {
        Prefix.commit(tablet, 1);
        assertThat(tablet.generation()).isZero();
      }
      try (Tablet tablet = store.open("data-0")) {
        assertThat(Prefix.verified(tablet)).isEqualTo(1);
      }
      assertThat(store.groups()).containsExactly("data-0");
    }
    assertThat(names()).containsExactlyInAnyOrder("data-0@0", ".native");
  }

  @Test
  void installedCheckpointIsTheNextGenerationAndReplacesTheOldOne() throws IOException {
    Path checkpoint = checkpoint();
    try (TabletStore store = store()) {
      Tablet old = oldTablet(store);
      try (Tablet installed = store.install("g", checkpoint)) {
        assertThat(installed.generation()).isEqualTo(1);
        assertThat(Prefix.verified(installed)).isEqualTo(NEW);
        assertThat(Prefix.verified(old)).isEqualTo(OLD);
        assertThatThrownBy(() -> store.deleteSuperseded("g"))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("g@0 is open");
        old.close();
        store.deleteSuperseded("g");
        Prefix.commit(installed, NEW + 1);
      }
      assertThat(names()).contains("g@1").doesNotContain("g@0");
      try (Tablet again = store.open("g");
          Tablet elsewhere = store.install("h", checkpoint)) {
        assertThat(Prefix.verified(again)).isEqualTo(NEW + 1);
        assertThat(elsewhere.generation()).isZero();
        assertThat(Prefix.verified(elsewhere)).as("checkpoint unchanged").isEqualTo(NEW);
      }
    }
  }

  @Test
  void crashAtAnyStepOfAnInstallationLeavesTheOldOrTheNewGenerationWhole() throws IOException {
    Path checkpoint = checkpoint();
    List<Long> outcomes = new ArrayList<>();
    List<InstallStep> crashes = new ArrayList<>();
    for (int crashAt = 0; crashes.size() == crashAt; crashAt++) {
      Path root = directory.resolve("crash-" + crashAt);
      crashInstallation(root, checkpoint, crashAt).ifPresent(crashes::add);
      try (RocksDbTabletStore store = new RocksDbTabletStore(root, RocksDbSettings.DEFAULT);
          Tablet tablet = store.open("g")) {
        outcomes.add(Prefix.verified(tablet));
        assertThat(tablet.generation()).isEqualTo(Prefix.position(tablet) == OLD ? 0 : 1);
        assertThat(names(root)).containsExactlyInAnyOrder("g@" + tablet.generation(), ".native");
        Prefix.commit(tablet, Prefix.position(tablet) + 1);
      }
    }
    assertThat(crashes).contains(InstallStep.values());
    assertThat(outcomes).containsOnly(OLD, NEW);
    assertThat(outcomes.indexOf(NEW)).isEqualTo(crashes.indexOf(InstallStep.RENAMED));
    System.out.println("install crashed at " + crashes + ": positions " + outcomes);
  }

  /** Installs; the step number {@code crashAt}, if there are so many, throws and is answered. */
  private static Optional<InstallStep> crashInstallation(Path root, Path checkpoint, int crashAt) {
    List<InstallStep> seen = new ArrayList<>();
    Consumer<InstallStep> crash =
        step -> {
          seen.add(step);
          if (seen.size() > crashAt) {
            throw new CrashException();
          }
        };
    Tablet old;
    try (TabletStore store = new RocksDbTabletStore(root, RocksDbSettings.DEFAULT)) {
      old = oldTablet(store);
      old.close();
    }
    try (TabletStore store = new RocksDbTabletStore(root, RocksDbSettings.DEFAULT, crash)) {
      store.install("g", checkpoint).close();
      return Optional.empty();
    } catch (CrashException e) {
      return Optional.of(seen.get(crashAt));
    }
  }

  private static final class CrashException extends IllegalStateException {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void checkpointThatCannotBeOpenedIsRefusedAndTheOldGenerationStays() throws IOException {
    Path checkpoint = checkpoint();
    for (Path file : files(checkpoint)) {
      if (file.toString().endsWith(".sst")) {
        Files.delete(file);
      }
    }
    try (TabletStore store = store()) {
      oldTablet(store).close();
      assertThatThrownBy(() -> store.install("g", checkpoint))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("group g");
      try (Tablet tablet = store.open("g")) {
        assertThat(tablet.generation()).isZero();
        assertThat(Prefix.verified(tablet)).isEqualTo(OLD);
      }
    }
  }

  @Test
  void tabletThatLostItsFilesIsAFaultAndNotAnEmptyTablet() throws IOException {
    try (TabletStore store = store()) {
      oldTablet(store).close();
      Files.delete(directory.resolve("store").resolve("g@0").resolve("CURRENT"));

      assertThatThrownBy(() -> store.open("g")).isInstanceOf(StorageException.class);
    }
  }

  @Test
  void newestOfSeveralGenerationsWinsByNumber() throws IOException {
    Path checkpoint = checkpoint();
    try (TabletStore store = store()) {
      for (int i = 0; i < 11; i++) {
        store.install("g", checkpoint).close();
      }
      store.install("g2", checkpoint).close();
      assertThat(names()).contains("g@0", "g@9", "g@10");
      try (Tablet tablet = store.open("g")) {
        assertThat(tablet.generation()).isEqualTo(10);
      }
    }
    assertThat(names()).containsExactlyInAnyOrder("g@10", "g2@0", ".native");
  }

  @Test
  void destroyDeletesAllOfAGroupAndNothingElse() throws IOException {
    Path checkpoint = checkpoint();
    try (TabletStore store = store()) {
      oldTablet(store).close();
      store.install("g", checkpoint).close();
      try (Tablet other = store.open("g-1")) {
        assertThatThrownBy(() -> store.destroy("g-1")).isInstanceOf(IllegalStateException.class);
        Prefix.commit(other, 1);
        store.destroy("g");
        store.destroy("absent");
        assertThat(store.groups()).containsExactly("g-1");
        assertThat(Prefix.verified(other)).isEqualTo(1);
      }
      try (Tablet fresh = store.open("g")) {
        assertThat(fresh.generation()).isZero();
        assertThat(Prefix.verified(fresh)).isZero();
      }
    }
    assertThat(names()).containsExactlyInAnyOrder("g@0", "g-1@0", ".native");
  }

  @Test
  void leftoversOfEveryGroupAreDeletedWhenTheStoreIsMade() throws IOException {
    Path root = Files.createDirectories(directory.resolve("store"));
    Files.createDirectories(root.resolve(".installing-a@3"));
    Files.writeString(root.resolve(".installing-a@3").resolve("CURRENT"), "x");
    Files.createDirectories(root.resolve(".deleting-b@0"));
    Files.createDirectories(root.resolve("not a tablet"));
    try (TabletStore store = store()) {
      assertThat(store.groups()).isEmpty();
    }
    assertThat(names()).containsExactlyInAnyOrder("not a tablet", ".native");
  }

  @Test
  void groupNamesThatLeadElsewhereAreRefused() {
    try (TabletStore store = store()) {
      for (String name : List.of("", "..", "a/b", "a@1", ".hidden", "\u00fc", "a".repeat(65))) {
        assertThatThrownBy(() -> store.open(name)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void tabletIsOpenOnceAndTheStoreClosesAfterIt() {
    RocksDbTabletStore store = store();
    Tablet tablet = store.open("g");
    assertThatThrownBy(() -> store.open("g")).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(store::close).isInstanceOf(IllegalStateException.class);
    tablet.close();
    store.close();
    store.close();
    assertThatThrownBy(() -> store.open("g")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void eightTabletsAreOpenTogetherAndShareCacheAndWriteBudget() {
    RocksDbSettings settings = new RocksDbSettings(1 << 20, 1 << 20, 1 << 16, 2);
    List<Tablet> tablets = new ArrayList<>();
    try (RocksDbTabletStore store = new RocksDbTabletStore(directory.resolve("store"), settings)) {
      for (int i = 0; i < 8; i++) {
        tablets.add(store.open("data-" + i));
      }
      for (long n = 1; n <= 2_000; n++) {
        for (Tablet tablet : tablets) {
          Prefix.commit(tablet, n);
        }
      }
      assertThat(store.memtableBytes()).isBetween(1L, 4L << 20);
      for (Tablet tablet : tablets) {
        tablet.flush();
        assertThat(Prefix.verified(tablet)).isEqualTo(2_000);
      }
      // 8 tablets of 200 KB were read: the cache of 1 MiB is full and was not exceeded by much.
      assertThat(store.blockCacheBytes()).isBetween(1L << 18, 2L << 20);
      assertThat(store.groups()).hasSize(8);
      tablets.forEach(Tablet::close);
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    assertThatThrownBy(() -> new RocksDbSettings(0, 1 << 30, 1 << 20, 2))
        .hasMessageContaining("blockCacheBytes");
    assertThatThrownBy(() -> new RocksDbSettings(1 << 30, 1 << 20, 1 << 20, 2))
        .hasMessageContaining("writeBufferBytes");
    assertThatThrownBy(() -> new RocksDbSettings(1 << 30, 1 << 30, 1, 2))
        .hasMessageContaining("memtableBytes");
    assertThatThrownBy(() -> new RocksDbSettings(1 << 30, 1 << 30, 1 << 20, 0))
        .hasMessageContaining("backgroundThreads");
  }

  /** A tablet of group {@code g} at position {@link #OLD}, on disk. */
  private static Tablet oldTablet(TabletStore store) {
    Tablet tablet = store.open("g");
    for (long n = 1; n <= OLD; n++) {
      Prefix.commit(tablet, n);
    }
    tablet.flush();
    return tablet;
  }

  /** A checkpoint at position {@link #NEW}, of another store. */
  private Path checkpoint() {
    Path checkpoint = directory.resolve("checkpoint");
    try (TabletStore store =
            new RocksDbTabletStore(directory.resolve("source"), RocksDbSettings.DEFAULT);
        Tablet tablet = store.open("source")) {
      for (long n = 1; n <= NEW; n++) {
        Prefix.commit(tablet, n);
        if (n % 2 == 0) {
          tablet.flush();
        }
      }
      assertThat(tablet.get(Bytes.EMPTY)).isEmpty();
      tablet.checkpoint(checkpoint);
    }
    return checkpoint;
  }

  private RocksDbTabletStore store() {
    return new RocksDbTabletStore(directory.resolve("store"), RocksDbSettings.DEFAULT);
  }

  /**
   * The directories of the store, with {@code .native} whether this test had to unpack it or not.
   */
  private List<String> names() throws IOException {
    return names(directory.resolve("store"));
  }

  private static List<String> names(Path root) throws IOException {
    List<String> names =
        files(root).stream()
            .map(path -> path.getFileName().toString())
            .collect(Collectors.toList());
    if (!names.contains(".native")) {
      names.add(".native");
    }
    return names;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files.sorted().collect(Collectors.toList());
    }
  }
}
