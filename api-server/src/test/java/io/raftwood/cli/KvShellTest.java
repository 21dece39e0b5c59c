package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.cli.call.CallStreams;
import io.raftwood.cli.kv.KvCommand;
import io.raftwood.server.http.RunningEndpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jline.reader.Candidate;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** {@code raftwood kv shell} against the HTTP edge over the real machine. */
class KvShellTest {
  @TempDir private Path dir;
  private RunningEndpoint node;

  @BeforeEach
  void start() throws IOException {
    node = RunningEndpoint.start();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void linesAreCommandsAndAllBytesCanBeWritten() {
    CliRun run =
        shell(
            """
            # a comment

            put 'a key' "line\\n\\x00\\xff \\" '"
            get "a key"
            hash set h f\\ 1 one
            exit
            put never read
            """);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.outLatin()).isEqualTo("1\nline\n\u0000\u00ff \" '1\n");
    assertThat(kv("hash", "get", "h", "f 1").out()).isEqualTo("one");
    assertThat(kv("exist", "never").exitCode()).isEqualTo(7);
  }

  @Test
  void whatATableShowsCanBeTypedBack() {
    kv("put", "--encoding", "hex", "610a5cff", "01");
    String shown = kv("keys", "-o", "table").out().lines().skip(1).findFirst().orElseThrow();
    String key = shown.substring(0, shown.indexOf(' '));

    assertThat(shell("get " + key + "\n").outLatin()).isEqualTo("\u0001");
  }

  @Test
  void theFirstErrorEndsItUnlessItKeepsGoing() {
    String lines = "get absent\nput k v\nput 'open\nfoo\n";

    CliRun stopped = shell(lines);
    CliRun finished = shell(lines, "--keep-going");

    assertThat(stopped.exitCode()).isEqualTo(7);
    assertThat(stopped.out()).isEmpty();
    assertThat(stopped.err()).contains("line 1 ended with 7");
    assertThat(finished.out()).isEqualTo("1\n");
    assertThat(finished.exitCode()).isEqualTo(2);
    assertThat(finished.err())
        .contains("a quote ' is not closed")
        .contains("line 3 ended with 2")
        .contains("line 4 ended with 2");
  }

  @Test
  void optionsOfTheShellHoldForAllLines() {
    CliRun run = shell("put k v\nget k\nget k -o raw\n", "-o", "json");

    assertThat(run.out()).contains("\"version\":1", "\"value\":\"v\"").endsWith("}\nv");
  }

  @Test
  void standardInputIsNoValueAndTheShellRunsNoShell() {
    assertThat(shell("put k -\n").err()).contains("use --file");
    assertThat(shell("shell\n").err()).contains("this is the shell");
    assertThat(shell("help get\n").out()).contains("Usage: raftwood kv get");
  }

  @Test
  void wordsThatEndInTheMiddleAreRefused() {
    assertThat(ShellWords.of("a  'b c'd \"\" \\' e\\ f"))
        .containsExactly("a", "b cd", "", "\\'", "e\\ f");
    assertThatThrownBy(() -> ShellWords.of("a 'b")).hasMessageContaining("not closed");
    assertThat(shell("put k \\x0\n").exitCode()).isEqualTo(2);
    assertThat(shell("put k end\\\\\\\n").exitCode()).isEqualTo(2);
  }

  @Test
  void commandsAndTheirOptionsAreCompleted() {
    assertThat(completed("h")).contains("hash");
    assertThat(completed("hash s")).contains("set");
    assertThat(completed("put k v --t")).contains("--ttl", "--timeout");
    assertThat(completed("get k --consistency l")).contains("linearizable", "lease", "local");
  }

  @Test
  void typedLinesAreKeptButThoseThatBeginWithABlank() throws IOException {
    Path history = dir.resolve("state/kv-history");
    String typed = "put a\\n b!\n put secret x\nget a\n";
    Terminal terminal =
        new DumbTerminal(
            new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
            new ByteArrayOutputStream());
    List<String> lines = new ArrayList<>();

    try (TerminalLines read = TerminalLines.on(terminal, spec(), Optional.of(history))) {
      for (Optional<String> line = read.next(); line.isPresent(); line = read.next()) {
        lines.add(line.get());
      }
    }

    assertThat(lines).containsExactly("put a\\n b!", " put secret x", "get a");
    assertThat(Files.readString(history)).contains("b!", "get a").doesNotContain("secret");
  }

  private static List<String> completed(String line) {
    List<Candidate> candidates = new ArrayList<>();
    TerminalLines.complete(spec(), new DefaultParser().parse(line, line.length()), candidates);
    return candidates.stream().map(Candidate::value).toList();
  }

  private static CommandSpec spec() {
    CliContext context =
        new CliContext(config -> 0, CliRun::fakeNodes, Map.of(), CallStreams.ofProcess());
    return KvCommand.line(context.streams())
        .addSubcommand(new KvShellCommand(context))
        .getCommandSpec();
  }

  private CliRun shell(String lines, String... options) {
    List<String> args = new ArrayList<>(List.of("kv", "shell", "-e", node.address()));
    args.addAll(List.of(options));
    return CliRun.withInput(lines.getBytes(StandardCharsets.UTF_8), args.toArray(String[]::new));
  }

  private CliRun kv(String... words) {
    List<String> args = new ArrayList<>(List.of("kv"));
    args.addAll(List.of(words));
    args.addAll(List.of("-e", node.address()));
    return CliRun.of(args.toArray(String[]::new));
  }
}
