package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What packages and supervisors call: manual pages, completion, the wait for readiness. */
class PackagingCommandsTest {
  @TempDir Path dir;

  @Test
  void everyShownCommandHasAManualPage() throws IOException {
    CliRun run = CliRun.of("man", dir.resolve("man1").toString());

    assertThat(run.exitCode()).isZero();
    try (Stream<Path> pages = Files.list(dir.resolve("man1"))) {
      List<String> names = pages.map(page -> page.getFileName().toString()).toList();
      assertThat(names)
          .contains("raftwood.1", "raftwood-admin-wait-ready.1", "raftwood-kv-hash-incr.1")
          .doesNotContain("raftwood-man.1");
    }
    String page = Files.readString(dir.resolve("man1/raftwood-admin-status.1"));
    assertThat(page)
        .startsWith(".TH \"RAFTWOOD\\-ADMIN\\-STATUS\" 1")
        .contains(".SH SYNOPSIS")
        .contains("\\-e, \\-\\-endpoints HOST:PORT")
        .contains("(default: 127.0.0.1:8082,127.0.0.1:8083,127.0.0.1:8084)")
        .doesNotContain("%n")
        .doesNotContain("${");
  }

  @Test
  void manualPagesAreTheSameEachTime() throws IOException {
    CliRun.of("man", dir.resolve("a").toString());
    CliRun.of("man", dir.resolve("b").toString());

    assertThat(dir.resolve("a/raftwood-kv.1"))
        .hasSameTextualContentAs(dir.resolve("b/raftwood-kv.1"));
  }

  @Test
  void completionNamesTheCommands() {
    CliRun run = CliRun.of("generate-completion");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("wait-ready").contains("complete -F");
  }

  @Test
  void completionLoadsInZshWhereThereIsOne() throws IOException, InterruptedException {
    Path zsh = Path.of("/usr/bin/zsh");
    assumeTrue(Files.isExecutable(zsh), "no zsh here");
    Path script = Files.writeString(dir.resolve("c"), CliRun.of("generate-completion").out());
    Process process =
        new ProcessBuilder(
                zsh.toString(), "-f", "-c", "source " + script + "; print ${_comps[raftwood]}")
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(said).isEqualTo("_bash_complete -F _complete_raftwood -o default\n");
  }

  @Test
  void waitReadyEndsWhenTheNodeIsReady() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    int[] asked = {0};
    server.createContext(
        "/readyz",
        exchange -> {
          asked[0]++;
          byte[] body = (asked[0] < 3 ? "[-]cluster" : "ok").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(asked[0] < 3 ? 503 : 200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    server.start();
    try {
      CliRun run = waitReady(server.getAddress().getPort(), "--timeout", "60");

      assertThat(run.exitCode()).isZero();
      assertThat(asked[0]).isEqualTo(3);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void waitReadyGivesUpAfterItsTimeAndSaysWhy() throws IOException {
    CliRun run = waitReady(unusedPort(), "--timeout", "0");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("is not ready after 0 s").contains("no answer");
  }

  @Test
  void waitReadyGivesUpAtOnceWhenTheProcessEnded() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();

    CliRun run = waitReady(unusedPort(), "--pid", Long.toString(process.pid()));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("ended before it was ready");
  }

  private static CliRun waitReady(int port, String... more) {
    Stream<String> command = Stream.of("admin", "wait-ready", "--set", "http.port=" + port);
    return CliRun.of(Stream.concat(command, Stream.of(more)).toArray(String[]::new));
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
