package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.server.http.RawClient.Response;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What the original answered, we answer in strict mode, but for the differences named here. */
class RecordedExchangesTest {
  /** The original waits for ever for a body that it did not send on; we answer. */
  private static final String STALLED = "kv.exist.post";

  /** Default mode differs by its table or its readings. */
  private static final Set<String> STRICT_ONLY = Set.of("http.root", "kv.key.get.badesc");

  @TestFactory
  List<DynamicTest> answersAsRecorded() throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                RecordedExchangesTest.class.getResourceAsStream("recorded.tsv"),
                StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .map(cells -> DynamicTest.dynamicTest(cells[0], () -> replay(cells)))
          .toList();
    }
  }

  private static void replay(String[] cells) throws IOException {
    replay(cells, true);
    if (!STRICT_ONLY.contains(cells[0])) {
      replay(cells, false);
    }
  }

  private static void replay(String[] cells, boolean strict) throws IOException {
    HustdbDialect dialect = strict ? HustdbDialect.STRICT : HustdbDialect.DEFAULT;
    try (TestServer server = new TestServer(TestServer.settings().with(dialect));
        RawClient client = server.connect()) {
      prepare(server.store, cells[1]);
      byte[] body = Base64.getDecoder().decode(cells[6]);
      client.send(
          cells[2]
              + " "
              + cells[3]
              + " "
              + cells[4]
              + "\r\nHost: t\r\n"
              + (cells[5].equals("-") ? "" : "Connection: " + cells[5] + "\r\n")
              + (body.length == 0 ? "" : "Content-Length: " + body.length + "\r\n")
              + "\r\n");
      Response response = client.send(body).read().orElseThrow();
      if (cells[0].equals(STALLED)) {
        assertThat(response.status()).isEqualTo(200);
      } else if (cells[7].equals("0")) {
        assertThat(response.status()).isEqualTo(400);
        assertThat(response.header("Error")).isNotEmpty();
      } else {
        check(cells, response, strict);
      }
    }
  }

  private static void prepare(FakeKvStore store, String state) {
    if (state.equals("down")) {
      store.failWith(new GroupUnavailableException("both nodes are down"));
    } else if (!state.equals("-")) {
      String[] parts = state.split(",");
      store.record(decoded(parts[0]), decoded(parts[1]), Long.parseLong(parts[2]));
    }
  }

  private static Bytes decoded(String text) {
    return Bytes.wrap(Base64.getDecoder().decode(text));
  }

  private static void check(String[] cells, Response response, boolean strict) {
    assertThat(response.status()).isEqualTo(Integer.parseInt(cells[7]));
    assertThat(response.header("Content-Type")).isEqualTo(cells[8]);
    assertThat(response.header("Version")).isEqualTo(cells[9].equals("-") ? "" : cells[9]);
    assertThat(response.header("Connection")).isEqualTo(cells[10]);
    assertThat(response.header("Date")).endsWith("GMT");
    if (strict || !cells[8].equals("text/html")) {
      assertThat(response.body()).isEqualTo(Base64.getDecoder().decode(cells[11]));
    }
    if (strict) {
      assertThat(response.header("Server")).isEqualTo("nginx/1.12.0");
    }
  }
}
