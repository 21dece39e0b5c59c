package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KvEndpointsTest {
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
  void putThenGetExistDelOverOneConnection() throws IOException {
    try (RawClient client = server.connect()) {
      Response put = client.ask("PUT", "/put?key=k1", bytes("hello"));
      assertThat(put.status()).isEqualTo(200);
      assertThat(put.header("Version")).isEqualTo("1");
      assertThat(put.header("Content-Length")).isEqualTo("0");
      assertThat(put.header("Content-Type")).isEqualTo("text/plain");
      assertThat(put.header("Connection")).isEqualTo("keep-alive");
      assertThat(put.header("Server")).isEqualTo("raftwood");
      Response get = client.ask("GET", "/get?key=k1");
      assertThat(get.text()).isEqualTo("hello");
      assertThat(get.header("Version")).isEqualTo("1");
      Response exist = client.ask("GET", "/exist?key=k1");
      assertThat(exist.status()).isEqualTo(200);
      assertThat(exist.body()).isEmpty();
      assertThat(exist.header("Version")).isEqualTo("1");
      Response del = client.ask("GET", "/del?key=k1");
      assertThat(del.status()).isEqualTo(200);
      assertThat(del.header("Version")).isEqualTo("1");
      Response gone = client.ask("GET", "/get?key=k1");
      assertThat(gone.status()).isEqualTo(404);
      assertThat(gone.header("Version")).isEqualTo("0");
      assertThat(gone.header("Error")).isEqualTo("not-found");
    }
  }

  @Test
  void headGivesTheHeadersOfGetWithoutTheBody() throws IOException {
    server.store.record(Bytes.utf8("k"), Bytes.utf8("value"), 3);
    try (RawClient client = server.connect()) {
      Response head = client.ask("HEAD", "/get?key=k");
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("Content-Length")).isEqualTo("5");
      assertThat(head.header("Version")).isEqualTo("3");
      assertThat(client.ask("GET", "/get?key=k").text()).isEqualTo("value");
    }
  }

  @Test
  void anyMethodDoesTheSame() throws IOException {
    server.store.record(Bytes.utf8("k"), Bytes.utf8("value"), 3);
    for (String method : new String[] {"GET", "PUT", "POST", "DELETE", "OPTIONS", "FOO"}) {
      assertThat(server.ask(method, "/get?key=k").text()).as(method).isEqualTo("value");
    }
  }

  @Test
  void bodyOverridesValAndValStaysRaw() throws IOException {
    server.ask("POST", "/put?key=k&val=query", bytes("body"));
    assertThat(server.ask("GET", "/get?key=k").text()).isEqualTo("body");
    server.ask("GET", "/put?key=k&val=a%20b+c;d?e");
    assertThat(server.ask("GET", "/get?key=k").text()).isEqualTo("a%20b+c;d?e");
  }

  @Test
  void timeToLiveAboveThirtyDaysIsNever() throws IOException {
    server.ask("GET", "/put?key=a&val=x&ttl=2592000");
    server.ask("GET", "/put?key=b&val=x&ttl=2592001");
    assertThat(((KvCommand.Put) server.store.commands().get(0)).ttlSeconds()).isEqualTo(2_592_000);
    assertThat(((KvCommand.Put) server.store.commands().get(1)).ttlSeconds()).isZero();
  }

  @Test
  void versionConflictIs409WithTheCurrentVersion() throws IOException {
    server.store.record(Bytes.utf8("k"), Bytes.utf8("value"), 3);
    Response put = server.ask("GET", "/put?key=k&val=x&ver=9");
    assertThat(put.status()).isEqualTo(409);
    assertThat(put.header("Version")).isEqualTo("3");
    assertThat(put.header("Error")).isEqualTo("version-conflict");
    Response del = server.ask("GET", "/del?key=k&ver=9");
    assertThat(del.status()).isEqualTo(409);
    assertThat(server.ask("GET", "/put?key=k&val=x&ver=3").header("Version")).isEqualTo("4");
  }

  @Test
  void consistencyIsPassedOnAndLocalReadsSayHowFarTheyAre() throws IOException {
    server.ask("GET", "/put?key=k&val=x");
    Response local = server.ask("GET", "/get?key=k&consistency=local");
    assertThat(local.header("Raft-Applied")).isEqualTo("1");
    assertThat(server.store.lastOptions().consistency()).isEqualTo(ReadConsistency.LOCAL);
    Response exact = server.ask("GET", "/get?key=k&consistency=linearizable");
    assertThat(exact.headers()).doesNotContainKey("raft-applied");
    assertThat(server.store.lastOptions().consistency()).isEqualTo(ReadConsistency.LINEARIZABLE);
    server.ask("GET", "/get?key=k&consistency=lease");
    assertThat(server.store.lastOptions().staleFallback()).isFalse();
    server.ask("GET", "/get?key=k");
    assertThat(server.store.lastOptions().staleFallback()).isTrue();
    Response unknown = server.ask("GET", "/get?key=k&consistency=some");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.header("Error")).isEqualTo("malformed-parameter:consistency");
  }

  @Test
  void staleAnswersSaySo() throws IOException {
    server.ask("GET", "/put?key=k&val=x");
    server.store.answerStale();
    Response stale = server.ask("GET", "/get?key=k");
    assertThat(stale.text()).isEqualTo("x");
    assertThat(stale.header("Stale")).isEqualTo("true");
    assertThat(stale.header("Raft-Applied")).isEqualTo("1");
  }

  @Test
  void futuresThatAreAlreadyCompleteAreAnsweredDirectly() throws IOException {
    server.store.completeDirectly();
    server.ask("GET", "/put?key=k&val=x");
    assertThat(server.ask("GET", "/get?key=k").text()).isEqualTo("x");
  }

  @Test
  void idempotencyKeyReachesTheStore() throws IOException {
    server.ask("GET", "/put?key=k&val=x", "Idempotency-Key: abc-1");
    assertThat(server.store.lastOptions().idempotencyKey()).contains(Bytes.utf8("abc-1"));
    Response tooLong = server.ask("GET", "/put?key=k&val=x", "Idempotency-Key: " + "a".repeat(129));
    assertThat(tooLong.status()).isEqualTo(404);
    assertThat(tooLong.header("Error")).isEqualTo("too-long:Idempotency-Key");
    assertThat(server.store.commands()).hasSize(1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
