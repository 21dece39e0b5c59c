package io.raftwood.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.fixtures.LoopbackServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LoadCommandTest {
  private static final String OK = LoopbackServer.response("200 OK\r\nVersion: 1", "");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void reportsThroughputLatencyAndServerCpuAsJson() throws IOException {
    long self = ProcessHandle.current().pid();
    try (LoopbackServer server = new LoopbackServer(request -> OK)) {
      assertThat(run(server, "--pids=" + self, "-o", "json", "--keys=50")).isZero();
      assertThat(out.toString())
          .contains("\"mix\":\"50 % put\"", "\"p99.9\":", "\"errors\":{}", "\"pid\":" + self)
          .doesNotContain("\"cpu_us_per_operation\":null", "\"operations\":0,");
      assertThat(server.requests().stream().filter(request -> request.startsWith("PUT")).limit(50))
          .allMatch(request -> request.contains("Content-Length: 100\r\n"));
      assertThat(server.requests()).anyMatch(request -> request.startsWith("GET /get?key=bench:"));
      assertThat(server.connections()).isEqualTo(1 + 4);
    }
  }

  @Test
  void putsEveryKeyBeforeALoadOfGets() throws IOException {
    try (LoopbackServer server = new LoopbackServer(request -> OK)) {
      assertThat(run(server, "--mix=get", "--keys=40", "--consistency=local")).isZero();
      List<String> puts = new ArrayList<>(server.requests());
      puts.removeIf(request -> !request.startsWith("PUT"));
      assertThat(puts.stream().map(request -> request.split(" ")[1]).distinct()).hasSize(40);
      assertThat(puts).hasSize(40);
      assertThat(server.requests()).anyMatch(request -> request.contains("&consistency=local "));
    }
  }

  @Test
  void aLoadOnNobodyEndsAtOnceAndSaysSo() throws IOException {
    int closed;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = free.getLocalPort();
    }
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new LoadCommand()).setErr(new PrintWriter(err));
    assertThat(command.execute("--endpoints=127.0.0.1:" + closed, "--mix=get")).isNotZero();
    assertThat(err.toString()).contains("cannot connect to", "127.0.0.1:" + closed, "--endpoints");
  }

  @Test
  void loadsATreeAndInsertsBetweenItsKeys() throws IOException {
    try (LoopbackServer server = new LoopbackServer(request -> OK)) {
      assertThat(run(server, "--mix=tree-insert", "--keys=7", "-o", "json")).isZero();
      List<String> requests = server.requests();
      assertThat(requests.get(0)).startsWith("POST /dt/create ").contains("tree_id=bench");
      assertThat(requests.get(1))
          .startsWith("POST /dt/load?tree_id=bench ")
          .contains("bench:0000000000\t", "bench:0000006000\t");
      assertThat(requests.get(2))
          .startsWith("POST /dt/insert ")
          .containsPattern("tree_id=bench&key=bench:000000[0-9]{4}&value=[a-z]{100}$");
      assertThat(out.toString()).contains("\"mix\":\"tree-insert\"");
    }
  }

  @Test
  void aBatchIsOneRequestOfFiftyPuts() throws IOException {
    try (LoopbackServer server = new LoopbackServer(request -> OK)) {
      assertThat(run(server, "--mix=batch", "--keys=1000", "-o", "json")).isZero();
      String request = server.requests().get(0);
      assertThat(request).startsWith("POST /batch ");
      List<String> lines = request.substring(request.indexOf("\r\n\r\n") + 4).lines().toList();
      assertThat(lines)
          .hasSize(50)
          .doesNotHaveDuplicates()
          .allMatch(
              line ->
                  line.matches(
                      "\\{\"call\":\"put\",\"key\":\"bench:[0-9]{10}\",\"val\":\"[a-z]{100}\"}"));
      assertThat(out.toString()).contains("\"commands_per_request\":50,");
    }
  }

  @Test
  void writesACurveAsAPageThatNeedsNothingBesideItself(@TempDir Path directory) throws IOException {
    Path page = directory.resolve("bench.html");
    try (LoopbackServer server = new LoopbackServer(request -> OK)) {
      int exit =
          run(server, "--mix=put", "--curve", "--html=" + page, "-o", "json", "--duration=1100ms");
      assertThat(exit).isZero();
      assertThat(out.toString())
          .contains("\"curve\":[{", "\"connections\":1,", "\"connections\":4,")
          .contains("\"seconds_us\":[{\"operations\":", "\"gc\":null");
      assertThat(Files.readString(page))
          .contains("<td>1 connections</td>", "Latency at a throughput", "<polyline", "</html>")
          .doesNotContain("src=", "href=", "<script", "NaN");
    }
  }

  @Test
  void garbageCollectionsOfAllKindsAreAddedUp() {
    assertThat(
            GcPauses.read(
                "jvm_gc_collection_seconds_count{gc=\"young\"} 3\n"
                    + "jvm_gc_collection_seconds_sum{gc=\"young\"} 0.25\n"
                    + "jvm_gc_collection_seconds_count{gc=\"old\"} 1\n"
                    + "jvm_gc_collection_seconds_sum{gc=\"old\"} 5.0E-1\n"))
        .contains(new GcPauses(4, 0.75));
    assertThat(GcPauses.read("jvm_memory_used_bytes 3\n")).isEmpty();
  }

  @Test
  void aTreesRefusalIsAnErrorThoughItsStatusIs200() throws IOException {
    String refusal = LoopbackServer.response("200 OK\r\nError: no-quorum", "");
    try (LoopbackServer server = new LoopbackServer(request -> refusal)) {
      assertThat(run(server, "--mix=tree-seek", "--keys=7", "--no-preload")).isEqualTo(1);
      assertThat(out.toString()).contains("x refusal with status 200");
      assertThat(server.requests().get(0))
          .startsWith("POST /dt/seek ")
          .containsPattern("tree_id=bench&key=bench:000000[0-6]000$");
    }
  }

  @Test
  void countsErrorsByStatusAndFailsWhenNothingSucceeds() throws IOException {
    String answer = LoopbackServer.response("404 Not Found\r\nError: no-quorum", "");
    try (LoopbackServer server = new LoopbackServer(request -> answer)) {
      assertThat(run(server, "--mix=put")).isEqualTo(1);
      assertThat(out.toString()).contains("x status 404").contains("server CPU    unknown");
    }
  }

  @Test
  void brokenConnectionsAndSilentServersAreCountedAndReplaced() throws IOException {
    try (LoopbackServer server = new LoopbackServer(request -> "")) {
      assertThat(run(server, "--mix=put")).isEqualTo(1);
      assertThat(out.toString()).contains("x broken connection");
      assertThat(server.connections()).isGreaterThan(4);
    }
    try (LoopbackServer server = new LoopbackServer(request -> "HTTP/1.1 200 OK\r\n")) {
      assertThat(run(server, "--mix=put", "--timeout=50ms")).isEqualTo(1);
      assertThat(out.toString()).contains("x time-out");
    }
  }

  @Test
  void anOpenLoopChargesTheServerForWhatItKeptWaiting() throws IOException {
    // A server that holds each answer back for a millisecond, and is asked twice as often.
    Function<String, String> slow =
        request -> {
          LockSupport.parkNanos(1_000_000);
          return OK;
        };
    try (LoopbackServer server = new LoopbackServer(slow)) {
      assertThat(run(server, "--mix=put", "--connections=1", "-o=json")).isZero();
      double closed = median();
      out.getBuffer().setLength(0);
      assertThat(run(server, "--mix=put", "--connections=1", "--rate=2000", "-o=json")).isZero();
      assertThat(out.toString()).contains("\"rate\":2000");
      assertThat(median()).isGreaterThan(10 * closed);
    }
  }

  @Test
  void anOpenLoopBelowWhatTheServerCanDoKeepsItsRate() throws IOException {
    try (LoopbackServer server = new LoopbackServer(request -> OK)) {
      assertThat(run(server, "--mix=get", "--keys=5", "--rate=100", "--duration=1s", "-o=json"))
          .isZero();
      Matcher operations = Pattern.compile("\"operations\":([0-9]+)").matcher(out.toString());
      assertThat(operations.find()).isTrue();
      assertThat(Long.parseLong(operations.group(1))).isBetween(50L, 150L);
    }
  }

  @Test
  void everyKindOfRequestHasItsMix() throws IOException {
    for (String mix : List.of("get2", "hset", "zadd", "cache-put", "cache-get")) {
      try (LoopbackServer server = new LoopbackServer(request -> OK)) {
        assertThat(run(server, "--mix=" + mix, "--keys=3", "--duration=50ms")).isZero();
        String path = "/" + mix.replace('-', '/') + "?";
        assertThat(server.requests()).as(mix).anyMatch(request -> request.contains(path));
      }
    }
    assertThat(out.toString()).contains("cache-get, default reads");
  }

  @Test
  void wrongOptionsAreNamed() throws IOException {
    try (LoopbackServer server = new LoopbackServer(request -> OK)) {
      assertThat(run(server, "--mix=60/50")).isEqualTo(2);
      assertThat(run(server, "--duration=10")).isEqualTo(2);
      assertThat(run(server, "--endpoints=nowhere")).isEqualTo(2);
      assertThat(run(server, "--connections=0")).isEqualTo(2);
      assertThat(err.toString())
          .contains("60/50", "'10' is not a time", "'nowhere' is not HOST:PORT", "1..10000");
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void theFloorIsAServerOfItsOwn() {
    int exit =
        new CommandLine(new LoadCommand())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("floor", "--connections=4", "--warmup=2s", "--duration=1s", "-o=json");
    assertThat(exit).as(err.toString()).isZero();
    assertThat(out.toString())
        .contains("\"mix\":\"0 % put\"", "\"errors\":{}")
        .doesNotContain("\"cpu_us_per_operation\":null", "\"operations\":0,");
  }

  private double median() {
    Matcher p50 = Pattern.compile("\"p50\":([0-9.]+)").matcher(out.toString());
    assertThat(p50.find()).isTrue();
    return Double.parseDouble(p50.group(1));
  }

  private int run(LoopbackServer server, String... options) {
    String endpoint = server.address().getHostString() + ":" + server.address().getPort();
    List<String> all = new ArrayList<>(List.of(options));
    addDefault(all, "--endpoints=" + endpoint);
    addDefault(all, "--connections=4");
    addDefault(all, "--warmup=100ms");
    addDefault(all, "--duration=400ms");
    addDefault(all, "--data=/nonexistent");
    return new CommandLine(new LoadCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private static void addDefault(List<String> options, String option) {
    String name = option.substring(0, option.indexOf('=') + 1);
    if (options.stream().noneMatch(given -> given.startsWith(name))) {
      options.add(option);
    }
  }
}
