package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code /scan} over HTTP. */
class ScanEndpointTest {
  private static final long SEED = 20_240_903;

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
  void aWalkByCursorSeesEveryKeyOnceInByteOrderOfASlot() throws IOException {
    for (int at = 0; at < 1000; at++) {
      server.store.record(Bytes.utf8("key" + at), Bytes.utf8("v" + at), 2);
    }
    List<String> walked = walk("/scan?limit=64&prefix=key");
    assertThat(walked).hasSize(1000);
    assertThat(new TreeSet<>(walked)).hasSize(1000);
    assertThat(walk("/scan?prefix=k%65y99")).containsExactlyInAnyOrder(keys("key99", "key99?"));
    assertThat(walk("/scan?prefix=other")).isEmpty();
  }

  private static String[] keys(String exact, String digits) {
    List<String> keys = new ArrayList<>(List.of(base64(exact)));
    for (int digit = 0; digit < 10; digit++) {
      keys.add(base64(digits.replace("?", "" + digit)));
    }
    return keys.toArray(String[]::new);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void aPageHasTheFormOfTheListingsAndACursorOrNull() throws IOException {
    server.store.record(Bytes.utf8("a"), Bytes.utf8("one"), 3);
    Response page = ask("/scan");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).isEqualTo("application/json");
    assertThat(page.headers()).doesNotContainKeys("version", "keys", "raft-applied", "stale");
    assertThat(page.text())
        .isEqualTo("{\"records\":[{\"key\":\"YQ==\",\"ver\":3}],\"cursor\":null}");
    assertThat(ask("/scan?noval=false").text())
        .isEqualTo("{\"records\":[{\"key\":\"YQ==\",\"val\":\"b25l\",\"ver\":3}],\"cursor\":null}");
    server.store.record(Bytes.utf8("b"), Bytes.utf8("two"), 1);
    assertThat(ask("/scan?limit=1").text())
        .matches(
            "\\{\"records\":\\[\\{\"key\":\"YQ==\",\"ver\":3}],\"cursor\":\"[A-Za-z0-9_-]+\"}");
    assertThat(ask("/scan?tb=none").text()).isEqualTo("{\"records\":[],\"cursor\":null}");
  }

  @Test
  void aTableOfAnyKindCanBeScanned() throws IOException {
    ask("/hset?tb=h&key=f&val=v");
    server.ask("POST", "/sadd?tb=s", bytes("m"));
    server.ask("POST", "/zadd?tb=z&score=5", bytes("m"));
    assertThat(ask("/scan?tb=h&noval=false").text())
        .contains("[{\"key\":\"Zg==\",\"val\":\"dg==\",\"ver\":1}]");
    assertThat(ask("/scan?tb=s&noval=false").text()).contains("[{\"key\":\"bQ==\",\"ver\":1}]");
    assertThat(ask("/scan?tb=z&noval=0").text())
        .contains("[{\"key\":\"bQ==\",\"val\":\"5\",\"ver\":1}]");
    assertThat(ask("/scan").text()).contains("[]");
  }

  @Test
  void aCursorThatIsTooLongForTheRequestLineGoesInTheBody() throws IOException {
    for (int at = 0; at < 3; at++) {
      byte[] member = new byte[100_000];
      member[99_999] = (byte) at;
      RecordId id = RecordId.member(Bytes.utf8("s"), Bytes.wrap(member));
      server.store.execute(new KvCommand.Put(id, Bytes.EMPTY, 0, 0), TestServer.direct());
    }
    JSONObject page = JSON.parseObject(ask("/scan?tb=s&limit=1").text());
    int seen = 0;
    while (page.getString("cursor") != null) {
      seen += page.getJSONArray("records").size();
      byte[] cursor = bytes(page.getString("cursor") + "\n");
      page = JSON.parseObject(server.ask("POST", "/scan?tb=s&limit=1", cursor).text());
    }
    assertThat(seen + page.getJSONArray("records").size()).isEqualTo(3);
  }

  @Test
  void aForgedOrForeignCursorIsRefusedOrHarmless() throws IOException {
    for (int at = 0; at < 50; at++) {
      server.store.record(Bytes.utf8("key" + at), Bytes.of(1), 1);
    }
    String cursor = JSON.parseObject(ask("/scan?limit=5").text()).getString("cursor");
    refused("/scan?limit=5&prefix=key&cursor=" + cursor, 400, "malformed-parameter:cursor");
    refused("/scan?limit=5&tb=h&cursor=" + cursor, 400, "malformed-parameter:cursor");
    for (String forged : List.of("x", "AAAA", "!!", "%00", "a".repeat(5000), cursor + "A")) {
      refused("/scan?cursor=" + forged, 400, "malformed-parameter:cursor");
    }
    SplittableRandom random = new SplittableRandom(SEED);
    try (RawClient client = server.connect()) {
      for (int round = 0; round < 500; round++) {
        StringBuilder damaged = new StringBuilder(cursor);
        damaged.setCharAt(random.nextInt(cursor.length()), "AZaz09-_".charAt(random.nextInt(8)));
        Response response = client.ask("GET", "/scan?cursor=" + damaged);
        assertThat(response.status()).as("seed %s %s", SEED, damaged).isIn(200, 400);
      }
    }
  }

  @Test
  void parametersAreReadAlikeInBothModes() throws IOException {
    try (TestServer strict = new TestServer(TestServer.settings().with(HustdbDialect.STRICT))) {
      for (TestServer one : List.of(server, strict)) {
        for (String bad : List.of("limit=0", "limit=1001", "limit=x", "noval=x", "tb=a-b")) {
          Response response = one.ask("GET", "/scan?" + bad);
          assertThat(response.status()).as(bad).isEqualTo(400);
          assertThat(response.header("Error"))
              .isEqualTo("malformed-parameter:" + bad.substring(0, bad.indexOf('=')));
        }
      }
    }
    refused("/scan?consistency=some", 400, "malformed-parameter:consistency");
    refused("/scan?limit=1&limit=2", 400, "duplicate-parameter:limit");
    refused("/scan?prefix=%zz", 400, "malformed-parameter:prefix");
  }

  @Test
  void consistencyIsPassedOn() throws IOException {
    server.store.record(Bytes.utf8("a"), Bytes.of(1), 1);
    Response local = ask("/scan?consistency=local");
    assertThat(local.header("Raft-Applied")).isEqualTo("1");
    assertThat(server.store.lastOptions().consistency()).isEqualTo(ReadConsistency.LOCAL);
    ask("/scan?consistency=linearizable");
    assertThat(server.store.lastOptions().consistency()).isEqualTo(ReadConsistency.LINEARIZABLE);
    assertThat(server.store.lastOptions().staleFallback()).isFalse();
    ask("/scan");
    assertThat(server.store.lastOptions().consistency()).isEqualTo(ReadConsistency.LEASE);
    assertThat(server.store.lastOptions().staleFallback()).isTrue();
    server.store.answerStale();
    assertThat(ask("/scan").header("Stale")).isEqualTo("true");
  }

  @Test
  void failuresHaveTheStatusesOfAModernEndpoint() throws IOException {
    server.store.failWith(new GroupUnavailableException("no leader"));
    refused("/scan", 503, "no-quorum");
    server.store.failWith(new OverloadedException("busy"));
    refused("/scan", 503, "overloaded");
    server.store.recover();
    server.admin.joined(false);
    refused("/scan", 503, "no-quorum");
    assertThat(ask("/scanner").status()).isEqualTo(404);
  }

  private List<String> walk(String target) throws IOException {
    List<String> walked = new ArrayList<>();
    String cursor = "";
    while (cursor != null) {
      String more = cursor.isEmpty() ? "" : "&cursor=" + cursor;
      JSONObject page = JSON.parseObject(ask(target + more).text());
      for (int at = 0; at < page.getJSONArray("records").size(); at++) {
        walked.add(page.getJSONArray("records").getJSONObject(at).getString("key"));
      }
      cursor = page.getString("cursor");
    }
    return walked;
  }

  private void refused(String target, int status, String error) throws IOException {
    Response response = ask(target);
    assertThat(response.status()).as(target).isEqualTo(status);
    assertThat(response.header("Error")).as(target).isEqualTo(error);
  }

  private Response ask(String target) throws IOException {
    return server.ask("GET", target);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
