package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.storage.StorageBatch;
import org.junit.jupiter.api.Test;

class PositionTest {
  private final InMemoryTablet tablet = new InMemoryTablet("g");

  @Test
  void isZeroInAnEmptyTablet() {
    assertThat(Position.read(tablet)).isEqualTo(Position.ZERO);
  }

  @Test
  void isReadAsItWasWritten() {
    Position position = new Position(7, 3, Long.MAX_VALUE, EntryCodec.STAMP_MILLIS_MAX);
    StorageBatch batch = tablet.newBatch();
    position.write(batch);
    tablet.commit(batch);
    assertThat(Position.read(tablet)).isEqualTo(position);
  }

  @Test
  void keepsFormatOneByteForByte() {
    GoldenFile golden = GoldenFile.read("rows-1.hex");
    StorageBatch batch = tablet.newBatch();
    new Position(0x11, 0x22, 0x33, 1_700_000_000_000L).write(batch);
    assertThat(batch.get(golden.get("position-key"))).contains(golden.get("position-row"));
  }

  @Test
  void namesBothFormatsWhenANewerVersionWroteIt() {
    store(Bytes.of(9).concat(Bytes.wrap(new byte[32])));
    assertThatThrownBy(() -> Position.read(tablet))
        .isExactlyInstanceOf(CorruptEntryException.class)
        .hasMessage("the tablet is written in format 9; this version reads format 1");
  }

  @Test
  void refusesRowsOfAnotherLength() {
    for (int length = 0; length < 40; length++) {
      if (length != 32) {
        store(Bytes.of(1).concat(Bytes.wrap(new byte[length])));
        assertThatThrownBy(() -> Position.read(tablet)).isInstanceOf(CorruptEntryException.class);
      }
    }
    store(Bytes.EMPTY);
    assertThatThrownBy(() -> Position.read(tablet)).isInstanceOf(CorruptEntryException.class);
  }

  private void store(Bytes row) {
    StorageBatch batch = tablet.newBatch();
    batch.put(Bytes.of(0, 0), row);
    tablet.commit(batch);
  }
}
