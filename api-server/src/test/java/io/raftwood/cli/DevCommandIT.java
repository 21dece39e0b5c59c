package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The development cluster with real processes that only look like nodes. */
class DevCommandIT {
  @TempDir private Path dir;
  private int httpPort;
  private int raftPort;

  @BeforeEach
  void choosePorts() {
    httpPort = freeRun(20_000);
    raftPort = freeRun(26_000);
  }

  @AfterEach
  void stopNodes() {
    DevCluster.open(dir)
        .ifPresent(cluster -> DevProcesses.stop(cluster.nodes(), Duration.ofSeconds(10)));
  }

  @Test
  void livesThroughStartKillRestartStopAndFresh() throws IOException {
    CliRun start = dev("--detach", "--groups", "2");
    assertThat(start.err()).doesNotContain("raftwood:");
    assertThat(start.exitCode()).isZero();
    assertThat(start.out().lines().map(line -> line.replaceAll(" +", " ")))
        .anyMatch(
            line -> line.matches("n1 127.0.0.1:" + httpPort + " \\d+ ready leader of data-0 .*/n1"))
        .anyMatch(line -> line.matches("n3 .* ready follower .*/n3"))
        .filteredOn(line -> line.startsWith(" curl"))
        .hasSize(3);

    CliRun again = dev("--detach");
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("runs already: n1 (pid ").contains("raftwood dev stop");

    assertThat(dev("kill", "2").out()).isEqualToIgnoringNewLines("killed n2");
    assertThat(dev("kill", "2").exitCode()).isEqualTo(1);
    CliRun status = dev("status");
    assertThat(status.exitCode()).isEqualTo(3);
    assertThat(status.out().lines().map(line -> line.replaceAll(" +", " ")))
        .anyMatch(line -> line.matches("n2 .* - down - .*"));

    CliRun back = dev("start", "n2");
    assertThat(back.exitCode()).isZero();
    assertThat(back.out()).contains("n2 is ready on http://127.0.0.1:" + (httpPort + 1));
    assertThat(dev("status").exitCode()).isZero();

    assertThat(dev("stop").out()).isEqualToIgnoringNewLines("stopped 3 nodes");
    assertThat(dev("status").out()).doesNotContain("ready");

    CliRun otherShape = dev("--detach", "--groups", "3");
    assertThat(otherShape.exitCode()).isEqualTo(1);
    assertThat(otherShape.err()).contains("holds a cluster of 3 node(s) and 2 data group(s)");

    Files.writeString(dir.resolve("mine.txt"), "not yours");
    Files.writeString(dir.resolve("n1/old"), "old");
    assertThat(dev("--detach", "--fresh", "--nodes", "1").exitCode()).isZero();
    assertThat(dir.resolve("mine.txt")).exists();
    assertThat(dir.resolve("n1/old")).doesNotExist();
    assertThat(dir.resolve("n3")).doesNotExist();
  }

  @Test
  void portInUseIsToldBeforeAnythingStarts() throws IOException {
    try (ServerSocket taken =
        new ServerSocket(httpPort + 1, 1, InetAddress.getByName("127.0.0.1"))) {
      CliRun run = dev("--detach");

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err())
          .contains("127.0.0.1:" + taken.getLocalPort() + " (HTTP of n2)")
          .contains("nothing was started");
      assertThat(dir.resolve("n1.pid")).doesNotExist();
    }
  }

  @Test
  void nodeThatEndsAtStartIsShownWithItsExitCodeAndLastLogLines() {
    CliRun run = dev("--detach", "--set", "cluster.name=fails");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("ended while starting with exit code 7")
        .contains("FAULT the disk is on fire");
    assertNothingRuns();
  }

  @Test
  void nodeThatIsNotReadyInTimeIsShownWithItsReasons() {
    CliRun run = dev("--detach", "--timeout", "3", "--set", "cluster.name=never-ready");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("n1 is not ready after 3 s; it says: [-]raft-leader no leader")
        .contains("starting n1");
    assertNothingRuns();
  }

  @Test
  void pidOfAStrangerIsLeftAlone() throws IOException {
    assertThat(dev("--detach", "--nodes", "1").exitCode()).isZero();
    assertThat(dev("stop").exitCode()).isZero();
    Files.writeString(dir.resolve("n1.pid"), ProcessHandle.current().pid() + "\n");

    assertThat(dev("status").out()).contains("down");
    assertThat(dev("kill", "1").exitCode()).isEqualTo(1);
    assertThat(dev("stop").out()).isEqualToIgnoringNewLines("stopped 0 nodes");
  }

  @Test
  void controlCStopsTheNodesAndEndsWith0() throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                // A build in a shell's background inherits that Ctrl-C is ignored.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                CliRun.fakeNodes().classPath(),
                DevTestMain.class.getName()));
    command.addAll(List.of(arguments("--nodes", "2")));
    Process foreground = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(foreground.getInputStream(), StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>();
      String line = out.readLine();
      while (line != null && !line.startsWith("Ctrl-C")) {
        lines.add(line);
        line = out.readLine();
      }
      assertThat(line).as("output: %s", lines).startsWith("Ctrl-C stops");
      assertThat(dev("kill", "1").exitCode()).isZero();
      assertThat(out.readLine()).startsWith("n1 has ended");

      new ProcessBuilder("sh", "-c", "kill -INT " + foreground.pid()).start().waitFor();

      assertThat(foreground.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(foreground.exitValue()).isZero();
      assertNothingRuns();
    } finally {
      foreground.destroyForcibly();
    }
  }

  private void assertNothingRuns() {
    assertThat(DevCluster.open(dir).orElseThrow().nodes())
        .allMatch(node -> DevProcesses.running(node).isEmpty());
  }

  private CliRun dev(String... args) {
    return CliRun.of(arguments(args));
  }

  /** {@code dev} with {@code args}, this test's directory, and its ports where they are asked. */
  private String[] arguments(String... args) {
    List<String> all = new ArrayList<>(List.of("dev"));
    all.addAll(Arrays.asList(args));
    all.addAll(List.of("--data", dir.toString()));
    if (args[0].startsWith("--")) {
      all.addAll(List.of("--http-port", "" + httpPort, "--raft-port", "" + raftPort));
    }
    return all.toArray(new String[0]);
  }

  /** The first of four ports in a row that nobody listens on, from {@code start}. */
  private static int freeRun(int start) {
    int first = start;
    while (!(free(first) && free(first + 1) && free(first + 2) && free(first + 3))) {
      first += 4;
    }
    return first;
  }

  private static boolean free(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return !socket.isConnected();
    } catch (IOException e) {
      return true;
    }
  }
}
