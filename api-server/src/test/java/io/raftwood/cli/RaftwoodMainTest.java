package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.config.ServerConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaftwoodMainTest {
  @TempDir private Path dir;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sevrer",
        "server --cofig x",
        "config",
        "admin",
        "dev kill",
        "admin status -o xml",
        "admin status --timeout soon",
        "dev --nodes many"
      })
  void wrongUsageEndsWith2AndAHint(String line) {
    CliRun run = CliRun.of(line.isEmpty() ? new String[0] : line.split(" "));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("raftwood").contains("Try 'raftwood").contains("--help'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "server --help",
        "config --help",
        "config print --help",
        "admin --help",
        "admin check --help",
        "dev --help",
        "dev kill --help",
        "kv --help",
        "kv put --help",
        "kv hash incr --help",
        "kv set list --help",
        "kv zset range --help",
        "version --help"
      })
  void helpGoesToStandardOutput(String line) {
    CliRun run = CliRun.of(line.split(" "));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).contains("Usage: raftwood");
  }

  @Test
  void helpTeachesByExamples() {
    assertThat(CliRun.of("dev", "--help").out())
        .contains("Examples:")
        .contains("raftwood dev kill");
    assertThat(CliRun.of("server", "--help").out()).contains("raftwood server --config");
    assertThat(CliRun.of("kv", "--help").out())
        .contains("Examples:")
        .contains("raftwood kv put greeting hello")
        .contains("Exit codes:")
        .contains("7  not found");
  }

  @Test
  void versionIsOneLine() {
    assertThat(CliRun.of("version").out()).startsWith("raftwood ").hasLineCount(1);
    assertThat(CliRun.of("--version").out()).isEqualTo(CliRun.of("version").out());
  }

  @Test
  void serverRunsTheNodeWithTheMergedConfigurationAndPassesItsExitCode() throws IOException {
    Path file = Files.writeString(dir.resolve("n.yaml"), "http: {port: 1001}\n");
    List<ServerConfig> seen = new ArrayList<>();

    CliRun run =
        CliRun.with(
            config -> {
              seen.add(config.config());
              return 70;
            },
            Map.of("RAFTWOOD_HUSTDB_STRICT", "true"),
            "server",
            "--config",
            file.toString(),
            "--set",
            "raft.port=1002",
            "--insecure");

    assertThat(run.exitCode()).isEqualTo(70);
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).http().port()).isEqualTo(1001);
    assertThat(seen.get(0).raft().port()).isEqualTo(1002);
    assertThat(seen.get(0).hustdb().strict()).isTrue();
    assertThat(seen.get(0).node().insecure()).isTrue();
  }

  @Test
  void configFileCanBeNamedByAVariable() throws IOException {
    Path file = Files.writeString(dir.resolve("n.yaml"), "http: {port: 1001}\n");

    CliRun run = CliRun.with(c -> 0, Map.of("RAFTWOOD_CONFIG", file.toString()), "config", "print");

    assertThat(run.out()).contains("port: 1001");
  }

  @Test
  void badConfigurationEndsWith1AndOneLine() throws IOException {
    Path file = Files.writeString(dir.resolve("n.yaml"), "htpp: {port: 1}\n");

    for (String command : List.of("server", "config validate", "config print")) {
      String[] args = (command + " --config " + file).split(" ");
      CliRun run = CliRun.of(args);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).isEmpty();
      assertThat(run.err())
          .isEqualToIgnoringNewLines(
              "raftwood: configuration: " + file + ":1: unknown key 'htpp'; did you mean 'http'?");
    }
  }

  @Test
  void configPrintShowsOrigins() {
    CliRun run = CliRun.of("config", "print", "--origin", "--set", "http.port=9");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .anyMatch(line -> line.matches("  port: 9 +# --set"))
        .anyMatch(line -> line.matches("  election-timeout: 2s +# default"));
    assertThat(CliRun.of("config", "validate").out()).isEqualToIgnoringNewLines("valid");
    assertThat(CliRun.of("config", "docs").out()).startsWith("# Configuration");
  }

  @Test
  void devCommandsWithoutAClusterSayWhatToDo() {
    for (String command : List.of("status", "stop", "kill 1", "start 1")) {
      CliRun run = CliRun.of(("dev " + command + " --data " + dir).split(" "));
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.err()).contains("no cluster in " + dir).contains("'raftwood dev' makes one");
    }
  }

  @Test
  void devRefusesWhatItCannotStartBeforeAnythingIsWritten() {
    assertThat(CliRun.of("dev", "--nodes", "0", "--data", dir.toString()).exitCode()).isEqualTo(2);
    assertThat(CliRun.of("dev", "--groups", "65", "--data", dir.toString()).err())
        .contains("cluster.data-groups: '65' is out of range; allowed: 1..64");
    assertThat(CliRun.of("dev", "--raft-port", "8083", "--data", dir.toString()).err())
        .contains("'127.0.0.1:8083' occurs twice");
    assertThat(CliRun.of("dev", "--set", "http.port=1", "--data", dir.toString()).err())
        .contains("'raftwood dev' decides 'http.port' itself");
    assertThat(dir).isEmptyDirectory();
  }
}
