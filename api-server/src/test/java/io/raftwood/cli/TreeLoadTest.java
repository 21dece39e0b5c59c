package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.server.http.RunningEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code raftwood tree load} against the HTTP edge over the real machine. */
class TreeLoadTest {
  @TempDir private Path dir;
  private RunningEndpoint node;
  private String timeout = "30";

  @BeforeEach
  void start() throws IOException {
    node = RunningEndpoint.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private String[] args(String... command) {
    List<String> args = new ArrayList<>(List.of("tree"));
    args.addAll(Arrays.asList(command));
    args.addAll(List.of("-e", node.address(), "--timeout", timeout));
    return args.toArray(String[]::new);
  }

  private CliRun load(String lines, String... options) {
    List<String> command = new ArrayList<>(List.of("load", "t", "-"));
    command.addAll(List.of(options));
    return CliRun.withInput(
        lines.getBytes(StandardCharsets.UTF_8), args(command.toArray(String[]::new)));
  }

  private String range() {
    return CliRun.of(args("range", "t", "--encoded")).out();
  }

  @Test
  void linesArePercentEncodedPairs() {
    CliRun run = load("a\t1\n%D0%B6\t%25%09+\nb\t", "--create");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("3\t3\t0\n");
    assertThat(run.err()).isEmpty();
    assertThat(range()).isEqualTo("a\t1\nb\t\n%D0%B6\t%25%09%2B\n");
    assertThat(load(range(), "-o", "json").out())
        .isEqualTo("{\"lines\":3,\"inserted\":0,\"existing\":3}\n");
  }

  @Test
  void plainLinesAreTakenAsTheyAre() {
    CliRun run = load("100%\nключ\nkey\tva lue\tmore\n", "--create", "--plain", "--value", "x y");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(range())
        .isEqualTo("100%25\tx%20y\nkey\tva%20lue%09more\n%D0%BA%D0%BB%D1%8E%D1%87\tx%20y\n");
  }

  @Test
  void anEmptyFileLoadsNothing() throws IOException {
    Path file = Files.createFile(dir.resolve("empty"));
    CliRun run = CliRun.of(args("load", "t", "--create", file.toString()));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("0\t0\t0\n");
    assertThat(CliRun.of(args("load", "t", dir.resolve("none").toString())).exitCode())
        .isEqualTo(1);
  }

  @Test
  void theFirstMalformedLineIsNamedByItsNumberInTheFile() {
    StringBuilder lines = new StringBuilder();
    for (int i = 1; i <= 50; i++) {
      lines.append(i == 27 || i == 28 ? "no tab" : "k" + i + "\t").append('\n');
    }
    CliRun run = load(lines.toString(), "--create", "--part-lines", "10");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("line 27: no tab; lines 1 to 20 are loaded, nothing behind");
    assertThat(range().lines()).hasSize(20);
    assertThat(load("\n", "--plain").err()).contains("line 1: the key is empty; nothing is loaded");
  }

  @Test
  void aTreeThatIsNotThereIsNotCreatedUnasked() {
    CliRun run = load("a\tb\n");
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(run.err()).contains("no such tree").contains("nothing is loaded");
  }

  @Test
  void aPartWhoseOutcomeIsUnknownIsRepeatedUnderItsKey() {
    CliRun.of(args("create", "t"));
    node.failTreesAfter(1, new OutcomeUnknownException("no answer in time"));
    timeout = "1";
    CliRun run = load("a\t\nb\t\nc\t\n", "--part-lines", "1");
    assertThat(run.exitCode()).isEqualTo(6);
    assertThat(run.err())
        .contains("line 1 is loaded, line 2 may be; load the file again")
        .doesNotContain("--idempotency-key");
    assertThat(node.lastTreeOptions().idempotencyKey().orElseThrow().toUtf8())
        .matches("cli-[0-9a-f]{32}-2\u00000");
  }

  @Test
  void onATerminalALineShowsHowFarItIs() throws IOException {
    Path file = Files.writeString(dir.resolve("words"), "a\nb\nc\n");
    CliRun run = CliRun.onTerminal(args("load", "t", "--create", "--plain", file.toString()));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("3 lines, ").contains("100 %").endsWith("\r\u001b[K");
    assertThat(run.out()).contains("LINES").contains("INSERTED");
  }
}
