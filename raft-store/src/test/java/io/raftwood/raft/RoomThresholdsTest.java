package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.raft.RoomThresholds.Disk;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoomThresholdsTest {
  private static final long LARGE = 1_000_000;
  private static final RoomThresholds BY_FREE = new RoomThresholds(1_000, 400, 0);
  private static final RoomThresholds BY_QUOTA = new RoomThresholds(1_000, 400, 10_000);

  @ParameterizedTest
  @CsvSource({
    "1000, AMPLE",
    "999, SHORT",
    "400, SHORT",
    "399, FULL",
    "100, FULL",
    "99, EXHAUSTED",
    "0, EXHAUSTED"
  })
  void roomEndsWhereTheFreeBytesFallBelowAThreshold(long free, Room room) {
    assertThat(BY_FREE.judge(Room.AMPLE, disk(free))).isEqualTo(room);
  }

  @ParameterizedTest
  @CsvSource({
    "EXHAUSTED, 124, EXHAUSTED",
    "EXHAUSTED, 125, FULL",
    "EXHAUSTED, 499, FULL",
    "EXHAUSTED, 500, SHORT",
    "FULL, 499, FULL",
    "FULL, 500, SHORT",
    "FULL, 1249, SHORT",
    "FULL, 1250, AMPLE",
    "SHORT, 1249, SHORT",
    "SHORT, 1250, AMPLE",
    "SHORT, 400, SHORT"
  })
  void whatWasEnteredIsLeftAQuarterLater(Room before, long free, Room room) {
    assertThat(BY_FREE.judge(before, disk(free))).isEqualTo(room);
  }

  @Test
  void aDiskThatWaversAroundAThresholdChangesOnce() {
    SplittableRandom random = new SplittableRandom(1);
    for (long threshold : new long[] {1_000, 400, 100}) {
      Room room = Room.AMPLE;
      int changes = 0;
      for (int i = 0; i < 1_000; i++) {
        long slack = threshold / 8;
        Room next = BY_FREE.judge(room, disk(threshold + random.nextLong(2 * slack) - slack));
        changes += next == room ? 0 : 1;
        room = next;
      }
      // From ample into the level above the threshold, at most, and from there below it.
      assertThat(changes).as("around %d", threshold).isBetween(1, 2);
    }
  }

  @Test
  void onASmallFileSystemAShareOfItCounts() {
    RoomThresholds large = new RoomThresholds(2_000, 512, 0);
    assertThat(large.freeThreshold(Room.SHORT, 1_000)).isEqualTo(500);
    assertThat(large.freeThreshold(Room.FULL, 1_000)).isEqualTo(250);
    assertThat(large.freeThreshold(Room.EXHAUSTED, 1_000)).isEqualTo(62);
    assertThat(large.judge(Room.AMPLE, new Disk(600, 1_000, 0))).isEqualTo(Room.AMPLE);
    assertThat(large.judge(Room.AMPLE, new Disk(300, 1_000, 0))).isEqualTo(Room.SHORT);
    assertThat(large.judge(Room.AMPLE, new Disk(249, 1_000, 0))).isEqualTo(Room.FULL);
  }

  @ParameterizedTest
  @CsvSource({
    "AMPLE, 8999, AMPLE", "AMPLE, 9000, SHORT", "AMPLE, 10000, FULL", "AMPLE, 50000, FULL",
    "FULL, 9500, FULL", "FULL, 9499, SHORT", "SHORT, 8500, SHORT", "SHORT, 8499, AMPLE"
  })
  void theQuotaIsADiskOfItsOwnButForDeletes(Room before, long used, Room room) {
    assertThat(BY_QUOTA.judge(before, new Disk(LARGE, LARGE, used))).isEqualTo(room);
  }

  @Test
  void ofFreeSpaceAndQuotaTheWorseCounts() {
    assertThat(BY_QUOTA.judge(Room.AMPLE, new Disk(50, LARGE, 1))).isEqualTo(Room.EXHAUSTED);
    assertThat(BY_QUOTA.judge(Room.AMPLE, new Disk(900, LARGE, 20_000))).isEqualTo(Room.FULL);
  }

  @Test
  void withoutThresholdsThereIsAlwaysRoom() {
    RoomThresholds none = new RoomThresholds(0, 0, 0);
    assertThat(none.judge(Room.AMPLE, new Disk(0, LARGE, Long.MAX_VALUE))).isEqualTo(Room.AMPLE);
  }

  @Test
  void anAlarmBelowTheMinimumIsRefused() {
    assertThatThrownBy(() -> new RoomThresholds(1, 2, 0))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new RoomThresholds(1, -1, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Disk disk(long free) {
    return new Disk(free, LARGE, 0);
  }
}
