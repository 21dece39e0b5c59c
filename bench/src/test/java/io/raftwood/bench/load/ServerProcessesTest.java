package io.raftwood.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessesTest {
  @Test
  void findsTheProcessesOfADevelopmentClusterByTheirPidFiles(@TempDir Path data)
      throws IOException {
    long self = ProcessHandle.current().pid();
    Files.writeString(data.resolve("n1.pid"), self + "\n");
    Files.createDirectories(data.resolve("node-2"));
    Files.writeString(data.resolve("node-2").resolve("pid"), self + "\n");
    Files.writeString(data.resolve("broken.pid"), "not a number");
    assertThat(ServerProcesses.of(data).usage().orElseThrow()).hasSize(2);
  }

  @Test
  void knowsNothingWithoutFilesOrWhenAProcessIsGone(@TempDir Path data) {
    assertThat(ServerProcesses.of(data).usage()).isEmpty();
    assertThat(ServerProcesses.of(data.resolve("missing")).known()).isFalse();
    assertThat(new ServerProcesses(List.of((long) Integer.MAX_VALUE)).usage()).isEmpty();
  }
}
