package io.raftwood.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.raft.Room;
import io.raftwood.raft.RoomThresholds;
import io.raftwood.raft.RoomThresholds.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskGuardTest {
  private static final long SIZE = 1_000_000;
  private static final RoomThresholds THRESHOLDS = new RoomThresholds(1_000, 400, 0);

  @TempDir Path directory;

  private final List<Room> told = new ArrayList<>();
  private Optional<Disk> measured = Optional.empty();

  @Test
  void everyLookIsToldAndReportedWithWhatItMeans() {
    try (DiskGuard guard = new DiskGuard(THRESHOLDS, () -> measured, told::add)) {
      for (long free : new long[] {5_000, 900, 300, 50, 450, 600, 2_000}) {
        measured = Optional.of(new Disk(free, SIZE, 0));
        guard.look();
        assertThat(guard.figures().diskFreeBytes()).isEqualTo(free);
        assertThat(guard.figures().diskTotalBytes()).isEqualTo(SIZE);
        assertThat(guard.figures().room()).isEqualTo(guard.room());
      }
    }
    assertThat(told)
        .containsExactly(
            Room.AMPLE, Room.SHORT, Room.FULL, Room.EXHAUSTED, Room.FULL, Room.SHORT, Room.AMPLE);
  }

  @Test
  void aDiskThatTellsNothingIsTakenToBeAsItWas() {
    try (DiskGuard guard = new DiskGuard(THRESHOLDS, () -> measured, told::add)) {
      guard.look();
      assertThat(guard.room()).isEqualTo(Room.AMPLE);
      measured = Optional.of(new Disk(300, SIZE, 0));
      guard.look();
      measured = Optional.empty();
      guard.look();
      assertThat(guard.room()).isEqualTo(Room.FULL);
      assertThat(guard.disk().freeBytes()).isEqualTo(300);
    }
  }

  @Test
  void filesWithTwoNamesCountOnceAndTheRestOfTheFileSystemNotAtAll() throws IOException {
    Path below = Files.createDirectories(directory.resolve("raft/snapshot"));
    Path file = Files.write(directory.resolve("000007.sst"), new byte[5_000]);
    Files.createLink(below.resolve("000007.sst"), file);
    Files.write(below.resolve("manifest"), new byte[30]);
    Disk disk = new DiskMeter(directory, true, () -> 0).get().orElseThrow();
    assertThat(disk.usedBytes()).isEqualTo(5_030);
    assertThat(disk.totalBytes()).isPositive();
    assertThat(disk.freeBytes()).isBetween(0L, disk.totalBytes());
    assertThat(new DiskMeter(directory.resolve("gone"), true, () -> 0).get()).isEmpty();
  }

  @Test
  void filesAreCountedEveryTwoSecondsAndOnlyForAQuota() throws IOException {
    long[] now = {0};
    DiskMeter meter = new DiskMeter(directory, true, () -> now[0]);
    assertThat(meter.get().orElseThrow().usedBytes()).isZero();
    Files.write(directory.resolve("more"), new byte[77]);
    now[0] = 1_999_999_999L;
    assertThat(meter.get().orElseThrow().usedBytes()).isZero();
    now[0] = 2_000_000_000L;
    assertThat(meter.get().orElseThrow().usedBytes()).isEqualTo(77);
    assertThat(new DiskMeter(directory, false, () -> 0).get().orElseThrow().usedBytes()).isZero();
  }
}
