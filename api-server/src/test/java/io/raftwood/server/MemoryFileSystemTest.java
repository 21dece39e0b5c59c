package io.raftwood.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryFileSystemTest {
  private static final List<String> MOUNTS =
      List.of(
          "/dev/vda1 / ext4 rw 0 0",
          "tmpfs /dev/shm tmpfs rw,nosuid 0 0",
          "none /mnt/ram\\040disk ramfs rw 0 0",
          "/dev/vdb /dev/shm/disk xfs rw 0 0",
          "tmpfs /twice tmpfs rw 0 0",
          "/dev/vdc /twice ext4 rw 0 0",
          "damaged");

  @Test
  void theInnermostAndLastMountDecides() {
    assertThat(objection("/dev/shm")).isEmpty();
    assertThat(objection("/dev/shm/raftwood-me/x")).isEmpty();
    assertThat(objection("/mnt/ram disk/x")).isEmpty();
    assertThat(objection("/dev/shm/disk/x")).isEqualTo("it is on xfs, not on tmpfs or ramfs");
    assertThat(objection("/dev/shmem")).isEqualTo("it is on ext4, not on tmpfs or ramfs");
    assertThat(objection("/twice/x")).isEqualTo("it is on ext4, not on tmpfs or ramfs");
    assertThat(objection("/var/lib")).isEqualTo("it is on ext4, not on tmpfs or ramfs");
  }

  private static String objection(String directory) {
    return MemoryFileSystem.objection(Path.of(directory), MOUNTS).orElse("");
  }
}
