package io.raftwood.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every tablet promises; run by each implementation. */
public abstract class StorageContract {
  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("b");
  private static final Bytes ONE = Bytes.utf8("1");
  private static final Bytes TWO = Bytes.utf8("2");

  @TempDir protected Path directory;

  private Tablet tablet;

  /** An empty tablet of the group {@code g}, generation 0. */
  protected abstract Tablet create();

  /** A tablet with the content of a checkpoint. */
  protected abstract Tablet load(Path checkpoint);

  /** Frees what {@link #create} and {@link #load} made beside the tablets. */
  protected void cleanUp() {}

  @BeforeEach
  void createTablet() {
    tablet = create();
  }

  @AfterEach
  void closeTablet() {
    tablet.close();
    cleanUp();
  }

  @Test
  void findsTheNeighboursOfAnyPointInAnyRange() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    TreeSet<Bytes> keys = new TreeSet<>();
    StorageBatch batch = tablet.newBatch();
    for (int i = 0; i < 30; i++) {
      Bytes key = Bytes.of(random.nextInt(60));
      keys.add(key);
      batch.put(key, ONE);
    }
    tablet.commit(batch);
    try (StorageSnapshot moment = tablet.snapshot()) {
      for (int i = 0; i < 2000; i++) {
        KeyRange range = range(random);
        Bytes point = random.nextInt(20) == 0 ? Bytes.EMPTY : Bytes.of(random.nextInt(62));
        Neighbours expected =
            new Neighbours(
                keys.headSet(point).stream().filter(range::contains).reduce((a, b) -> b),
                keys.contains(point) && range.contains(point),
                keys.tailSet(point, false).stream().filter(range::contains).findFirst());
        for (StorageView view : List.of(moment, tablet, new OverlayBatch(tablet))) {
          assertThat(view.neighbours(range, point))
              .as("seed %d, %s in %s", seed, point, range)
              .isEqualTo(expected);
        }
      }
    }
  }

  private static KeyRange range(Random random) {
    int from = random.nextInt(62);
    Bytes low = random.nextInt(4) == 0 ? Bytes.EMPTY : Bytes.of(from);
    return random.nextInt(4) == 0
        ? new KeyRange(low, Optional.empty())
        : KeyRange.of(low, Bytes.of(from + random.nextInt(20)));
  }

  @Test
  void namesItsGroupAndGeneration() {
    assertThat(tablet.group()).isEqualTo("g");
    assertThat(tablet.generation()).isZero();
  }

  @Test
  void absentKeyReadsAsAbsentAndEmptyValueAsEmpty() {
    put(A, Bytes.EMPTY);

    assertThat(tablet.get(A)).contains(Bytes.EMPTY);
    assertThat(tablet.get(B)).isEmpty();
  }

  @Test
  void batchIsVisibleOnlyAfterCommitAndThenAsAWhole() {
    put(A, ONE);
    StorageBatch batch = tablet.newBatch();
    batch.put(B, TWO);
    batch.delete(A);

    assertThat(entries(tablet)).containsExactly(entry(A, ONE));
    assertThat(entries(batch)).containsExactly(entry(B, TWO));

    tablet.commit(batch);

    assertThat(entries(tablet)).containsExactly(entry(B, TWO));
  }

  @Test
  void emptyBatchChangesNothing() {
    put(A, ONE);
    tablet.commit(tablet.newBatch());

    assertThat(entries(tablet)).containsExactly(entry(A, ONE));
  }

  @Test
  void keysAreOrderedAsUnsignedBytes() {
    List<Bytes> ascending =
        List.of(
            Bytes.EMPTY,
            Bytes.of(0),
            Bytes.of(0, 0),
            Bytes.of(0x7f),
            Bytes.of(0x80),
            Bytes.of(0xff),
            Bytes.of(0xff, 0),
            Bytes.of(0xff, 0xff));
    for (int i : List.of(3, 7, 0, 5, 1, 6, 2, 4)) {
      put(ascending.get(i), ONE);
    }

    assertThat(keys(tablet.scan(KeyRange.ALL))).isEqualTo(ascending);
    assertThat(keys(tablet.scanBackward(KeyRange.ALL))).isEqualTo(reversed(ascending));
    assertThat(keys(tablet.scan(KeyRange.prefix(Bytes.of(0xff)))))
        .isEqualTo(ascending.subList(5, 8));
    assertThat(keys(tablet.scanBackward(KeyRange.prefix(Bytes.of(0)))))
        .isEqualTo(reversed(ascending.subList(1, 3)));
  }

  @Test
  void rangeIncludesItsBeginningAndExcludesItsEnd() {
    for (int i = 0; i < 10; i++) {
      put(Bytes.of(i), ONE);
    }

    assertThat(keys(tablet.scan(range(3, 6)))).containsExactly(key(3), key(4), key(5));
    assertThat(keys(tablet.scanBackward(range(3, 6)))).containsExactly(key(5), key(4), key(3));
    assertThat(keys(tablet.scan(range(4, 4)))).isEmpty();
    assertThat(keys(tablet.scan(range(6, 3)))).isEmpty();
    assertThat(keys(tablet.scanBackward(range(6, 3)))).isEmpty();
    assertThat(keys(tablet.scan(range(20, 30)))).isEmpty();
    assertThat(keys(tablet.scanBackward(range(20, 30)))).isEmpty();
  }

  @Test
  void exhaustedCursorStaysExhausted() {
    put(A, ONE);
    try (StorageCursor cursor = tablet.scan(KeyRange.ALL)) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.next()).isFalse();
      assertThat(cursor.next()).isFalse();
    }
  }

  @Test
  void cursorShowsTheMomentOfItsMaking() {
    put(A, ONE);
    try (StorageCursor cursor = tablet.scan(KeyRange.ALL);
        StorageCursor backward = tablet.scanBackward(KeyRange.ALL)) {
      put(A, TWO);
      put(B, TWO);
      tablet.flush();

      assertThat(drain(cursor)).containsExactly(entry(A, ONE));
      assertThat(drain(backward)).containsExactly(entry(A, ONE));
    }
  }

  @Test
  void snapshotStaysAsItIsThroughWritesAndFlushes() {
    put(A, ONE);
    try (StorageSnapshot snapshot = tablet.snapshot()) {
      put(A, TWO);
      put(B, TWO);
      tablet.flush();
      put(A, ONE.concat(TWO));

      assertThat(snapshot.get(A)).contains(ONE);
      assertThat(snapshot.get(B)).isEmpty();
      assertThat(entries(snapshot)).containsExactly(entry(A, ONE));
      assertThat(drain(snapshot.scanBackward(KeyRange.ALL))).containsExactly(entry(A, ONE));
    }
    assertThat(entries(tablet)).containsExactly(entry(A, ONE.concat(TWO)), entry(B, TWO));
  }

  @Test
  void momentIsOneOfATabletAndTheViewItselfOfWhatStaysAsItIs() {
    put(A, ONE);
    StorageBatch batch = tablet.newBatch();
    batch.put(B, TWO);
    try (StorageSnapshot moment = tablet.moment();
        StorageSnapshot same = moment.moment();
        StorageSnapshot ofBatch = batch.moment()) {
      put(A, TWO);

      assertThat(moment.get(A)).contains(ONE);
      assertThat(entries(same)).containsExactly(entry(A, ONE));
      assertThat(ofBatch.get(B)).contains(TWO);
      assertThat(drain(ofBatch.scanBackward(KeyRange.prefix(B)))).containsExactly(entry(B, TWO));
    }
  }

  @Test
  void agreesWithASortedMapUnderRandomBatches() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    NavigableMap<Bytes, Bytes> model = new TreeMap<>();
    for (int round = 0; round < 200; round++) {
      StorageBatch batch = tablet.newBatch();
      for (int change = random.nextInt(20); change > 0; change--) {
        changeBoth(random, batch, model);
      }
      tablet.commit(batch);
      if (random.nextInt(20) == 0) {
        tablet.flush();
      }
      KeyRange range = range(random.nextInt(256), random.nextInt(256));
      List<String> expected = Models.entries(model, range);
      assertThat(drain(tablet.scan(range))).as("seed %d", seed).isEqualTo(expected);
      assertThat(drain(tablet.scanBackward(range)))
          .as("seed %d", seed)
          .isEqualTo(reversed(expected));
    }
  }

  private static void changeBoth(
      Random random, StorageBatch batch, NavigableMap<Bytes, Bytes> model) {
    Bytes key = Bytes.of(random.nextInt(256), random.nextInt(2));
    if (random.nextInt(3) == 0) {
      batch.delete(key);
      model.remove(key);
    } else {
      Bytes value = Bytes.of(random.nextInt(256));
      batch.put(key, value);
      model.put(key, value);
    }
  }

  @Test
  void checkpointIsAnExactCopyOfItsMoment() {
    for (int i = 0; i < 50; i++) {
      put(Bytes.of(i), Bytes.of(i, i));
    }
    List<String> before = entries(tablet);
    Path checkpoint = directory.resolve("checkpoint");
    tablet.checkpoint(checkpoint);
    put(A, ONE);

    try (Tablet copy = load(checkpoint)) {
      assertThat(entries(copy)).isEqualTo(before);
      StorageBatch batch = copy.newBatch();
      batch.put(B, TWO);
      copy.commit(batch);
      assertThat(copy.get(B)).contains(TWO);
    }
    assertThat(tablet.get(A)).contains(ONE);
    assertThat(tablet.get(B)).isEmpty();
  }

  @Test
  void checkpointIntoAnExistingDirectoryIsRefused() throws Exception {
    Path existing = Files.createDirectory(directory.resolve("existing"));

    assertThatThrownBy(() -> tablet.checkpoint(existing)).isInstanceOf(StorageException.class);
  }

  @Test
  void figuresGrowWithTheContent() {
    long before = tablet.figures().memtableBytes();
    put(A, Bytes.wrap(new byte[100_000]));

    assertThat(tablet.figures().memtableBytes()).isGreaterThan(before);
    assertThat(tablet.figures().estimatedKeys()).isEqualTo(1);
  }

  @Test
  void closedTabletRefusesEverythingAndClosesAgainWithoutHarm() {
    put(A, ONE);
    StorageBatch batch = tablet.newBatch();
    tablet.close();
    tablet.close();

    List<ThrowingCallable> uses =
        List.of(
            () -> tablet.get(A),
            () -> tablet.scan(KeyRange.ALL),
            () -> tablet.scanBackward(KeyRange.ALL),
            () -> tablet.snapshot(),
            () -> tablet.newBatch(),
            () -> tablet.commit(batch),
            () -> tablet.flush(),
            () -> tablet.figures(),
            () -> tablet.checkpoint(directory.resolve("never")),
            () -> batch.get(A));
    for (ThrowingCallable use : uses) {
      assertThatThrownBy(use).isInstanceOf(TabletClosedException.class).hasMessageContaining("g@0");
    }
  }

  @Test
  void closeWaitsForCursorsAndSnapshotsThatGoOnReading() throws Exception {
    put(A, ONE);
    put(B, TWO);
    Thread closing = new Thread(tablet::close, "closing");
    try (StorageSnapshot snapshot = tablet.snapshot();
        StorageCursor cursor = tablet.scan(KeyRange.ALL)) {
      closing.start();
      Models.await("close() waits", () -> closing.getState() == Thread.State.WAITING);

      assertThatThrownBy(() -> tablet.get(A)).isInstanceOf(TabletClosedException.class);
      assertThat(drain(cursor)).containsExactly(entry(A, ONE), entry(B, TWO));
      assertThat(entries(snapshot)).containsExactly(entry(A, ONE), entry(B, TWO));
      assertThat(closing.isAlive()).isTrue();
    }
    closing.join(10_000);
    assertThat(closing.isAlive()).isFalse();
  }

  private void put(Bytes key, Bytes value) {
    StorageBatch batch = tablet.newBatch();
    batch.put(key, value);
    tablet.commit(batch);
  }

  private static Bytes key(int first) {
    return Bytes.of(first);
  }

  private static KeyRange range(int from, int to) {
    return new KeyRange(key(from), Optional.of(key(to)));
  }

  private static String entry(Bytes key, Bytes value) {
    return Models.entry(key, value);
  }

  private static List<String> entries(StorageView view) {
    return Models.entries(view);
  }

  private static List<String> drain(StorageCursor cursor) {
    return Models.drain(cursor);
  }

  private static List<Bytes> keys(StorageCursor cursor) {
    List<Bytes> keys = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        keys.add(cursor.key());
      }
    }
    return keys;
  }

  private static <T> List<T> reversed(List<T> list) {
    return IntStream.range(0, list.size())
        .mapToObj(i -> list.get(list.size() - 1 - i))
        .collect(Collectors.toList());
  }
}
