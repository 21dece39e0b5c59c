package io.raftwood.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OverlayBatchTest {
  private final InMemoryTablet base = new InMemoryTablet("g");

  @Test
  void agreesWithASortedMapUnderRandomChangesAndScansBothWays() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int round = 0; round < 300; round++) {
      NavigableMap<Bytes, Bytes> model = new TreeMap<>();
      InMemoryTablet tablet = new InMemoryTablet("g");
      OverlayBatch below = new OverlayBatch(tablet);
      change(random, below, model);
      tablet.commit(below);
      OverlayBatch batch = new OverlayBatch(tablet);
      change(random, batch, model);

      for (int i = 0; i < 40; i++) {
        Bytes key = Bytes.of(i);
        assertThat(batch.get(key))
            .as("seed %d", seed)
            .isEqualTo(Optional.ofNullable(model.get(key)));
      }
      compareScans(random, batch, model, seed);
    }
  }

  private static void change(Random random, StorageBatch batch, NavigableMap<Bytes, Bytes> model) {
    for (int change = random.nextInt(30); change > 0; change--) {
      Bytes key = Bytes.of(random.nextInt(40));
      if (random.nextBoolean()) {
        batch.delete(key);
        model.remove(key);
      } else {
        Bytes value = Bytes.of(random.nextInt(256));
        batch.put(key, value);
        model.put(key, value);
      }
    }
  }

  private static void compareScans(
      Random random, StorageBatch batch, NavigableMap<Bytes, Bytes> model, long seed) {
    for (int i = 0; i < 10; i++) {
      Bytes from = Bytes.of(random.nextInt(42));
      KeyRange range =
          new KeyRange(
              from,
              random.nextInt(4) == 0
                  ? Optional.empty()
                  : Optional.of(Bytes.of(random.nextInt(42))));
      List<String> expected = Models.entries(model, range);
      assertThat(Models.drain(batch.scan(range))).as("seed %d", seed).isEqualTo(expected);
      Collections.reverse(expected);
      assertThat(Models.drain(batch.scanBackward(range))).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void showsChangesAheadOfAnOpenCursorWhetherEarlierOnesAreCommittedOrNot() {
    for (boolean committed : List.of(false, true)) {
      InMemoryTablet tablet = new InMemoryTablet("g");
      StorageBatch batch = new OverlayBatch(tablet);
      for (int i = 1; i <= 4; i++) {
        batch.put(Bytes.of(i), Bytes.of(i));
      }
      if (committed) {
        tablet.commit(batch);
        batch = new OverlayBatch(tablet);
      }
      List<Bytes> seen = new ArrayList<>();
      try (StorageCursor cursor = batch.scan(KeyRange.ALL)) {
        cursor.next();
        batch.delete(Bytes.of(2));
        batch.put(Bytes.of(3), Bytes.of(33));
        batch.put(Bytes.of(5), Bytes.of(5));
        while (cursor.next()) {
          seen.add(cursor.value());
        }
      }
      assertThat(seen).containsExactly(Bytes.of(33), Bytes.of(4), Bytes.of(5));
    }
  }

  @Test
  void readsSmallRowsAndAbsencesOfTheViewOnceAndShowsItsOwnChangesAllTheSame() {
    StorageBatch filling = base.newBatch();
    filling.put(Bytes.of(1), Bytes.of(10));
    filling.put(Bytes.of(2), Bytes.wrap(new byte[OverlayBatch.KEPT_BYTES_MAX + 1]));
    base.commit(filling);
    List<Bytes> asked = new ArrayList<>();
    OverlayBatch batch = new OverlayBatch(recording(asked));
    for (int round = 0; round < 3; round++) {
      assertThat(batch.get(Bytes.of(1))).contains(Bytes.of(10));
      assertThat(batch.get(Bytes.of(2))).isPresent();
      assertThat(batch.get(Bytes.of(3))).isEmpty();
    }
    assertThat(asked)
        .containsExactly(Bytes.of(1), Bytes.of(2), Bytes.of(3), Bytes.of(2), Bytes.of(2));
    batch.put(Bytes.of(3), Bytes.of(30));
    batch.delete(Bytes.of(1));
    assertThat(batch.get(Bytes.of(3))).contains(Bytes.of(30));
    assertThat(batch.get(Bytes.of(1))).isEmpty();
  }

  private StorageView recording(List<Bytes> asked) {
    return new StorageView() {
      @Override
      public Optional<Bytes> get(Bytes key) {
        asked.add(key);
        return base.get(key);
      }

      @Override
      public StorageCursor scan(KeyRange range) {
        return base.scan(range);
      }

      @Override
      public StorageCursor scanBackward(KeyRange range) {
        return base.scanBackward(range);
      }
    };
  }

  @Test
  void handsItsLastChangeOfEachKeyOverInAscendingOrder() {
    OverlayBatch batch = new OverlayBatch(base);
    batch.put(Bytes.of(3), Bytes.of(1));
    batch.delete(Bytes.of(2));
    batch.put(Bytes.of(3), Bytes.of(2));
    batch.put(Bytes.of(1), Bytes.of(9));
    List<String> changes = new ArrayList<>();
    batch.forEach(
        (key, value) -> changes.add(Models.entry(key, value)), key -> changes.add("-" + key));

    assertThat(changes).containsExactly("01=09", "-02", "03=02");
    assertThat(batch.changes()).isEqualTo(3);
  }
}
