package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RunningEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WipeCommandTest {
  @TempDir Path directory;
  private Path data;
  private Path config;

  @BeforeEach
  void begin() throws IOException {
    data = Files.createDirectories(directory.resolve("data"));
    config = directory.resolve("n1.yaml");
    Files.writeString(data.resolve("identity"), "anything");
    Files.createDirectories(data.resolve("tablets/data-0@0"));
    Files.writeString(data.resolve("tablets/data-0@0/1.sst"), "rows");
    Files.writeString(data.resolve("node.lock"), "");
    write("127.0.0.1:1");
  }

  private void write(String other) throws IOException {
    Files.writeString(
        config,
        """
        node: {name: n1, data-dir: '%s'}
        http: {port: 18082}
        raft: {port: 19082}
        cluster:
          initial-nodes:
            - {name: n1, http: '127.0.0.1:18082', raft: '127.0.0.1:19082'}
            - {name: n2, http: '%s', raft: '127.0.0.1:19083'}
        """
            .formatted(data, other));
  }

  @Test
  void emptiesTheDirectoryWhenTheNameIsTyped() throws IOException {
    try (RunningEndpoint other = RunningEndpoint.start()) {
      write(other.address());
      CliRun run = CliRun.withInput(bytes("n1\n"), "wipe", "--config", config.toString());
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
      assertThat(run.out()).contains("Type n1 to delete everything in").contains("is empty");
    }
    assertThat(data).isDirectoryNotContaining(file -> !file.endsWith("node.lock"));
  }

  @Test
  void deletesNothingWhenSomethingElseIsTyped() {
    CliRun run = CliRun.withInput(bytes("yes\n"), "wipe", "--force", "-c", config.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("nothing was deleted");
    assertThat(data.resolve("identity")).exists();
  }

  @Test
  void deletesNothingWhileAnotherNodeIsNotReady() {
    CliRun run = CliRun.of("wipe", "--yes", "--config", config.toString());
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("node 'n2' (127.0.0.1:1) does not answer");
    assertThat(data.resolve("identity")).exists();
    assertThat(CliRun.of("wipe", "--yes", "--force", "-c", config.toString()).exitCode()).isZero();
    assertThat(data.resolve("identity")).doesNotExist();
  }

  @Test
  void deletesNothingInADirectoryThatIsNoNodes() throws IOException {
    Files.delete(data.resolve("identity"));
    Files.move(data.resolve("tablets"), data.resolve("photographs"));
    CliRun run = CliRun.of("wipe", "--yes", "--force", "--config", config.toString());
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("is not the data directory of a node");
    assertThat(data.resolve("photographs")).exists();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
