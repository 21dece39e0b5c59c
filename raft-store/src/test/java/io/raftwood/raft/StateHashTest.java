package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageSnapshot;
import org.junit.jupiter.api.Test;

class StateHashTest {
  @Test
  void ofNothingIsTheHashOfNothing() {
    assertThat(StateHash.of(new InMemoryTablet("g")))
        .isEqualTo(
            new StateHash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", 0));
  }

  @Test
  void isSha256OverLengthPrefixedRows() {
    // printf '\0\0\0\1k\0\0\0\2vw\0\0\0\1l\0\0\0\0' | sha256sum
    assertThat(StateHash.of(tablet("k", "vw", "l", "")))
        .isEqualTo(
            new StateHash("26db9b661eec2aa84918faef85042a7ef3b8fa804a362cc15c5ab1b54031b7df", 2));
  }

  @Test
  void tellsApartWhereKeysAndValuesEnd() {
    assertThat(StateHash.of(tablet("a", "bc"))).isNotEqualTo(StateHash.of(tablet("ab", "c")));
    assertThat(StateHash.of(tablet("a", ""))).isNotEqualTo(StateHash.of(tablet("a", "a")));
  }

  @Test
  void doesNotDependOnTheOrderOfWrites() {
    assertThat(StateHash.of(tablet("a", "1", "b", "2")))
        .isEqualTo(StateHash.of(tablet("b", "0", "a", "1", "b", "2")));
  }

  @Test
  void ofASnapshotStaysWhileTheTabletMovesOn() {
    InMemoryTablet tablet = tablet("a", "1");
    StateHash before = StateHash.of(tablet);
    try (StorageSnapshot snapshot = tablet.snapshot()) {
      put(tablet, "a", "2");
      assertThat(StateHash.of(snapshot)).isEqualTo(before);
    }
    assertThat(StateHash.of(tablet)).isNotEqualTo(before);
  }

  private static InMemoryTablet tablet(String... keysAndValues) {
    InMemoryTablet tablet = new InMemoryTablet("g");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      put(tablet, keysAndValues[i], keysAndValues[i + 1]);
    }
    return tablet;
  }

  private static void put(InMemoryTablet tablet, String key, String value) {
    StorageBatch batch = tablet.newBatch();
    batch.put(Bytes.utf8(key), Bytes.utf8(value));
    tablet.commit(batch);
  }
}
