package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of {@code docs/examples} print against three processes what they are said to. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ExamplesIT {
  private static final Path EXAMPLES = Path.of("..", "docs", "examples").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir static Path directory;

  private static ProcessCluster cluster;

  @BeforeAll
  static void start() throws Exception {
    cluster = ProcessCluster.start(ClusterSpec.threeNodes().withDataGroups(3), directory);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  /** Twice, because the page says that an example can be run again. */
  @ParameterizedTest
  @MethodSource("names")
  void curlPrintsWhatIsSaid(String name) throws Exception {
    assumeTrue(available("curl", "--version"), "curl is not installed");
    for (int run = 0; run < 2; run++) {
      assertThat(output("sh", name + ".sh")).as("run %d", run).isEqualTo(expected(name));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void pythonPrintsWhatIsSaid(String name) throws Exception {
    assumeTrue(available("python3", "-c", "import requests"), "no Python with requests");
    assertThat(output("python3", name + ".py")).isEqualTo(expected(name));
  }

  @Test
  void thePageNamesEveryExample() throws Exception {
    String page = Files.readString(EXAMPLES.resolve("README.md"));
    assertThat(names()).isNotEmpty().allSatisfy(name -> assertThat(page).contains("| `" + name));
  }

  private static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".out"))
          .map(file -> file.substring(0, file.length() - ".out".length()))
          .sorted()
          .toList();
    }
  }

  private static String expected(String name) throws IOException {
    return Files.readString(EXAMPLES.resolve(name + ".out"));
  }

  private static boolean available(String... command) throws Exception {
    try {
      return run(List.of(command)).exit() == 0;
    } catch (IOException absent) {
      return false;
    }
  }

  private static String output(String program, String file) throws Exception {
    Ended ended = run(List.of(program, EXAMPLES.resolve(file).toString()));
    assertThat(ended.exit()).as("exit code of %s\n%s", file, ended.output()).isZero();
    return ended.output();
  }

  private static Ended run(List<String> command) throws Exception {
    Path output = Files.createTempFile(directory, "example", ".out");
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    for (int node = 0; node < cluster.size(); node++) {
      String address = "http://127.0.0.1:" + cluster.node(node).httpPort();
      builder.environment().put("NODE" + (node + 1), address);
    }
    Process process = builder.start();
    process.getOutputStream().close();
    if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " still runs after " + LIMIT);
    }
    return new Ended(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
  }

  private record Ended(int exit, String output) {}
}
