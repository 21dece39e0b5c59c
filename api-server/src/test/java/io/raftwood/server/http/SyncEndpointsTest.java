package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code Sync}, {@code sync_status}, {@code sync_alive} (contract 4.2, 6.1). */
class SyncEndpointsTest {
  private static final List<String> WRITES =
      List.of(
          "/put?key=k&val=x",
          "/hset?tb=h&key=k&val=1",
          "/sadd?tb=s",
          "/zadd?tb=z&score=1",
          "/zrem?tb=z",
          "/srem?tb=s",
          "/hdel?tb=h&key=k",
          "/del?key=k");

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(TestServer.settings());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void writesNameANodeThatLagsAndNoLongerOnceItHasCaughtUp() throws IOException {
    server.admin.lagging("127.0.0.1:8082");
    for (String target : WRITES) {
      Response answer = post(target);
      assertThat(answer.status()).as(target).isEqualTo(200);
      assertThat(answer.header("Sync")).as(target).isEqualTo("127.0.0.1:8082");
      assertThat(answer.header("Sync-All")).as(target).isEmpty();
      assertThat(answer.header("Version")).as(target).isEqualTo("1");
    }
    server.admin.lagging();
    for (String target : WRITES) {
      assertThat(post(target).header("Sync")).as(target).isEmpty();
    }
  }

  @Test
  void severalNodesAreAllNamedInAHeaderOfTheirOwn() throws IOException {
    server.admin.lagging("127.0.0.1:8081", "127.0.0.1:8082");
    Response answer = post("/put?key=k&val=x");
    assertThat(answer.header("Sync")).isEqualTo("127.0.0.1:8081");
    assertThat(answer.header("Sync-All")).isEqualTo("127.0.0.1:8081,127.0.0.1:8082");
  }

  @Test
  void refusedWritesReadsAndIncrementsNameNobody() throws IOException {
    post("/put?key=k&val=x");
    server.admin.lagging("127.0.0.1:8082");
    for (String target :
        List.of(
            "/del?key=nosuch",
            "/put?key=k&val=y&ver=9",
            "/get?key=k",
            "/exist?key=k",
            "/hincrby?tb=h&key=n&val=1")) {
      assertThat(post(target).header("Sync")).as(target).isEmpty();
    }
  }

  @Test
  void syncStatusIsPrintedAsTheOriginalPrintsIt() throws IOException {
    server.admin.lagging("127.0.0.1:8082");
    Response answer = server.ask("GET", "/sync_status");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/plain");
    assertThat(answer.text())
        .isEqualTo(
            """
            {
                "total_status": {
                    "processed_items": 12,
                    "synced_items": 5
                },
                "status": {
                    "127.0.0.1:8081": {
                        "processed_items": 0,
                        "synced_items": 0
                    },
                    "127.0.0.1:8082": {
                        "processed_items": 12,
                        "synced_items": 5
                    }
                }
            }"""
                .stripIndent());
  }

  @Test
  void syncAliveIsOkOnceTheClusterMapIsKnown() throws IOException {
    Response answer = server.ask("GET", "/sync_alive");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).isEqualTo("ok\n");
    server.admin.joined(false);
    for (String path : List.of("/sync_alive", "/sync_status")) {
      Response refused = server.ask("GET", path);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.header("Version")).isEmpty();
      assertThat(refused.header("Error")).isEqualTo("not-ready");
    }
  }

  @Test
  void alarmsAreShownAndDoNotKeepTheNodeFromBeingReady() throws IOException {
    server.admin.alarm("divergence:data-0", "n1 and n2 hold different copies of 1 record(s)");
    Response verbose = server.ask("GET", "/readyz?verbose");
    assertThat(verbose.status()).isEqualTo(200);
    assertThat(verbose.text())
        .contains("[!]divergence:data-0 n1 and n2 hold different copies of 1 record(s)\n")
        .endsWith("ok\n");
    assertThat(server.ask("GET", "/readyz").text()).isEqualTo("ok\n");
    assertThat(server.ask("GET", "/admin/status").text())
        .contains("\"name\":\"divergence:data-0\"");
  }

  private Response post(String target) throws IOException {
    return server.ask("POST", target, new byte[] {'m'});
  }
}
