package io.raftwood.bench.torture.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What there is on this machine; the part that needs root says why it is left out. */
class DiskLayerTest {
  @TempDir Path base;

  @Test
  void directoriesAreGivenWhereNothingMoreIsNeededAndCannotBeHindered() throws IOException {
    try (Disks disks = DiskLayer.open(DiskLayer.Choice.AUTO, false, 2, base)) {
      assertThat(disks.limitation()).contains("no fault needs more");
      assertThat(disks.directory(1)).isEqualTo(base.resolve("n2"));
      assertThatThrownBy(() -> disks.cut(List.of(0))).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aPowerCutTakesWhatWasNotSyncedAndNothingElse() throws IOException {
    Disks disks = DiskLayer.open(DiskLayer.Choice.AUTO, true, 2, base);
    try {
      Assumptions.assumeTrue(disks.limitation().isEmpty(), disks.description());
      Path struck = disks.directory(0);
      Path spared = disks.directory(1);
      write(struck.resolve("synced"), true);
      write(struck.resolve("unsynced"), false);
      write(spared.resolve("unsynced"), false);
      disks.cut(List.of(0));
      assertThatThrownBy(() -> write(struck.resolve("late"), true)).isInstanceOf(IOException.class);
      disks.restore(List.of(0));
      assertThat(struck.resolve("synced")).hasContent("content");
      assertThat(struck.resolve("unsynced")).doesNotExist();
      assertThat(struck.resolve("late")).doesNotExist();
      assertThat(spared.resolve("unsynced")).hasContent("content");
    } finally {
      disks.close();
    }
    assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(base.toString());
  }

  private static void write(Path file, boolean synced) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap("content".getBytes(StandardCharsets.US_ASCII)));
      if (synced) {
        channel.force(true);
      }
    }
  }
}
