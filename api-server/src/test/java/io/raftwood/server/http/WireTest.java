package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvLimits;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Bytes, order and framing on the wire. */
class WireTest {
  private static final int ROUNDS = 300;

  private static String encoded(byte[] key) {
    StringBuilder text = new StringBuilder();
    for (byte next : key) {
      boolean plain = next >= 'a' && next <= 'z' || next == '+' || next == ';' || next == '?';
      text.append(plain ? String.valueOf((char) next) : String.format("%%%02X", next & 0xff));
    }
    return text.toString();
  }

  @Test
  void everyByteOfKeyAndValueComesBackIdentical() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient client = server.connect()) {
      for (int value = 0; value < 256; value++) {
        byte[] key = {'k', (byte) value};
        byte[] content = {(byte) value, 0, '\r', '\n', (byte) value};
        Response put = client.ask("PUT", "/put?key=" + encoded(key), content);
        assertThat(put.header("Version")).as("byte " + value).isEqualTo("1");
      }
      assertThat(server.store.size()).isEqualTo(256);
      for (int value = 0; value < 256; value++) {
        Response get = client.ask("GET", "/get?key=" + encoded(new byte[] {'k', (byte) value}));
        assertThat(get.body())
            .containsExactly(new byte[] {(byte) value, 0, '\r', '\n', (byte) value});
      }
    }
  }

  @Test
  void randomBinaryRecordsComeBackIdentical() throws IOException {
    long seed = 42;
    Random random = new Random(seed);
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient client = server.connect()) {
      for (int round = 0; round < ROUNDS; round++) {
        byte[] key = new byte[1 + random.nextInt(200)];
        byte[] value = new byte[1 + random.nextInt(40_000)];
        random.nextBytes(key);
        random.nextBytes(value);
        String target = encoded(key) + "&x=" + random.nextInt();
        assertThat(client.ask("POST", "/put?key=" + target, value).status()).isEqualTo(200);
        assertThat(server.store.value(Bytes.wrap(key))).contains(Bytes.wrap(value));
        assertThat(client.ask("GET", "/get?key=" + target).body())
            .as("seed " + seed + " round " + round)
            .isEqualTo(value);
      }
    }
  }

  @Test
  void longestKeyPassesAndOneByteMoreDoesNot() throws IOException {
    HttpLimits limits = new HttpLimits(300_000, 100, 100, KvLimits.KEY_BYTES_MAX, 1000, 1000, 100);
    try (TestServer server = new TestServer(TestServer.settings().with(limits));
        RawClient client = server.connect()) {
      String longest = "%ff".repeat(KvLimits.KEY_BYTES_MAX);
      assertThat(client.ask("PUT", "/put?key=" + longest, new byte[1]).status()).isEqualTo(200);
      assertThat(client.ask("GET", "/get?key=" + longest).body()).hasSize(1);
      Response tooLong = client.ask("PUT", "/put?key=a" + longest, new byte[1]);
      assertThat(tooLong.status()).isEqualTo(404);
      assertThat(tooLong.header("Error")).isEqualTo("too-long:key");
      Response longestBody = client.ask("PUT", "/put?key=b", new byte[1000]);
      assertThat(longestBody.status()).isEqualTo(200);
      assertThat(server.store.size()).isEqualTo(2);
    }
  }

  @Test
  void keyWithLineBreaksInjectsNoHeader() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient client = server.connect()) {
      String key = "a%0d%0aSet-Cookie:%20x=1%0d%0a%0d%0a";
      client.ask("PUT", "/put?key=" + key, new byte[] {1});
      Response get = client.ask("GET", "/get?key=" + key);
      assertThat(get.headers()).doesNotContainKey("set-cookie");
      assertThat(get.body()).containsExactly(1);
      assertThat(client.ask("GET", "/get?" + key).header("Error"))
          .isEqualTo("missing-parameter:key");
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient client = server.connect()) {
      StringBuilder pipeline = new StringBuilder();
      for (int i = 0; i < 50; i++) {
        String body = "v" + i;
        pipeline.append(
            RawClient.head("PUT", "/put?key=%6b" + i, "Content-Length: " + body.length()));
        pipeline.append(body);
        pipeline.append(RawClient.head("GET", "/get?key=k" + i));
        pipeline.append(RawClient.head("GET", "/get?key=%zz"));
      }
      client.send(pipeline.toString());
      for (int i = 0; i < 50; i++) {
        assertThat(client.read().orElseThrow().header("Version")).isEqualTo("1");
        assertThat(client.read().orElseThrow().text()).isEqualTo("v" + i);
        assertThat(client.read().orElseThrow().header("Error"))
            .isEqualTo("malformed-parameter:key");
      }
    }
  }

  @Test
  void requestInSmallPiecesIsTheSameRequest() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient client = server.connect()) {
      String request = RawClient.head("PUT", "/put?key=%00%25a", "Content-Length: 4") + "%41%";
      for (char next : request.toCharArray()) {
        client.send(String.valueOf(next));
      }
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
      assertThat(server.store.value(Bytes.of(0, '%', 'a'))).contains(Bytes.utf8("%41%"));
    }
  }

  @Test
  void chunkedBodyIsStoredWhole() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient client = server.connect()) {
      client.send(RawClient.head("PUT", "/put?key=c", "Transfer-Encoding: chunked"));
      client.send("5\r\nhello\r\n").send("1;ext=1\r\n \r\n5\r\nworld\r\n0\r\n\r\n");
      assertThat(client.read().orElseThrow().status()).isEqualTo(200);
      assertThat(client.ask("GET", "/get?key=c").text()).isEqualTo("hello world");
    }
  }

  @Test
  void httpOneDotZeroClosesUnlessAskedNotTo() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient plain = server.connect();
        RawClient kept = server.connect()) {
      plain.send("GET /get?key=a HTTP/1.0\r\n\r\n");
      Response response = plain.read().orElseThrow();
      assertThat(response.status()).isEqualTo(404);
      assertThat(response.header("Connection")).isEqualTo("close");
      assertThat(plain.closed()).isTrue();
      kept.send("GET /get?key=a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
      assertThat(kept.read().orElseThrow().header("Connection")).isEqualTo("keep-alive");
      assertThat(kept.ask("GET", "/get?key=a").status()).isEqualTo(404);
    }
  }

  @Test
  void stopAnswersWhatIsUnderWay() throws Exception {
    TestServer server = new TestServer(TestServer.settings());
    try (RawClient busy = server.connect();
        RawClient idle = server.connect()) {
      assertThat(idle.ask("GET", "/livez").status()).isEqualTo(200);
      server.store.hold();
      busy.send(RawClient.head("GET", "/put?key=a&val=x"));
      TestServer.await("it is with the store", () -> server.store.heldCount() == 1);
      CompletableFuture<Boolean> stopping = CompletableFuture.supplyAsync(() -> stop(server));
      TestServer.await("no new connections", () -> refusesConnections(server.port()));
      assertThat(stopping.isDone()).isFalse();
      server.store.letGo();
      Response last = busy.read().orElseThrow();
      assertThat(last.status()).isEqualTo(200);
      assertThat(last.header("Connection")).isEqualTo("close");
      assertThat(stopping.get()).isTrue();
      assertThat(idle.closed()).isTrue();
    }
  }

  private static boolean stop(TestServer server) {
    try {
      return server.endpoint.stop(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean refusesConnections(int port) {
    try (RawClient client = new RawClient(port)) {
      client.socket().setSoTimeout(100);
      return client.closed();
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void drainedEndpointIsNotReadyAndClosesConnections() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings());
        RawClient client = server.connect()) {
      assertThat(client.ask("GET", "/readyz").status()).isEqualTo(200);
      server.endpoint.drain();
      Response response = client.ask("GET", "/readyz");
      assertThat(response.status()).isEqualTo(503);
      assertThat(response.header("Connection")).isEqualTo("close");
      assertThat(client.closed()).isTrue();
      assertThat(server.ask("GET", "/get?key=a").status()).isEqualTo(404);
    }
  }
}
