package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvLimits;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowClientTest {
  private static final int BODY_MAX = 4_000_000;
  private static final long BUDGET = 5_000_000;
  private static final int CONNECTIONS_MAX = 60;
  private static final HttpTimeouts TIMEOUTS =
      new HttpTimeouts(
          Duration.ofMillis(600),
          Duration.ofMillis(1500),
          Duration.ofMillis(1200),
          Duration.ofMillis(500),
          Duration.ofMillis(900),
          Duration.ofMillis(300));

  private TestServer server;

  @BeforeEach
  void start() throws IOException {
    HttpLimits limits =
        new HttpLimits(16_384, 100, 100, KvLimits.KEY_BYTES_MAX, BODY_MAX, BUDGET, CONNECTIONS_MAX);
    server = new TestServer(TestServer.settings().with(limits).with(TIMEOUTS));
    server.store.record(Bytes.utf8("a"), Bytes.utf8("value"), 7);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void silentConnectionIsClosed() throws IOException {
    try (RawClient client = server.connect()) {
      assertThat(client.closed()).isTrue();
    }
  }

  @Test
  void drippingHeaderIsCutOff() throws IOException {
    try (RawClient client = server.connect()) {
      drip(client.send("GET /get?key=a HTTP/1.1\r\nX: "));
      assertServes();
    }
  }

  @Test
  void drippingBodyIsCutOffAndNothingIsStored() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(RawClient.head("PUT", "/put?key=b", "Content-Length: 1000000"));
      drip(client);
    }
    assertThat(server.store.size()).isEqualTo(1);
    assertServes();
  }

  @Test
  void drippingChunkedBodyIsCutOff() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(RawClient.head("PUT", "/put?key=b", "Transfer-Encoding: chunked"));
      client.send("fffff\r\n");
      drip(client);
    }
    assertThat(server.store.size()).isEqualTo(1);
  }

  /** Sends a byte now and then until the server has had enough. */
  private static void drip(RawClient client) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    client.socket().setSoTimeout(100);
    while (System.nanoTime() < end) {
      try {
        client.send("x");
      } catch (IOException closed) {
        return;
      }
      if (client.closed()) {
        return;
      }
    }
    throw new AssertionError("still open after 10 s");
  }

  @Test
  void stalledBodiesDoNotHinderOthers() throws IOException {
    List<RawClient> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        RawClient client = server.connect();
        stalled.add(client);
        client.send(RawClient.head("PUT", "/put?key=b" + i, "Content-Length: 1000")).send("x");
      }
      assertServes();
      for (RawClient client : stalled) {
        assertThat(client.closed()).isTrue();
      }
    } finally {
      for (RawClient client : stalled) {
        client.close();
      }
    }
    assertThat(server.store.size()).isEqualTo(1);
    awaitNothingHeld();
  }

  @Test
  void clientThatNeverReadsIsCutOff() throws IOException {
    server.store.record(Bytes.utf8("big"), Bytes.wrap(new byte[30_000_000]), 1);
    try (RawClient client = server.connect()) {
      client.send(RawClient.head("GET", "/get?key=big"));
      TestServer.await("the answer is under way", () -> inFlight() == 1);
      assertServes();
      TestServer.await("the connection is closed", () -> inFlight() == 0);
    }
  }

  @Test
  void largeAnswerArrivesWhole() throws IOException {
    byte[] value = new byte[20_000_000];
    new java.util.Random(5).nextBytes(value);
    server.store.record(Bytes.utf8("big"), Bytes.wrap(value), 1);
    try (RawClient client = server.connect()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.ask("GET", "/get?key=big").body()).isEqualTo(value);
      }
    }
  }

  @Test
  void bodiesBeyondTheBudgetAreRefusedAndItIsGivenBack() throws IOException {
    byte[] body = new byte[3_000_000];
    try (RawClient first = server.connect();
        RawClient second = server.connect()) {
      server.store.hold();
      first.send(RawClient.head("PUT", "/put?key=b1", "Content-Length: " + body.length)).send(body);
      TestServer.await("the first is with the store", () -> server.store.heldCount() == 1);
      Response refused = second.ask("PUT", "/put?key=b2", body);
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.header("Error")).isEqualTo("overloaded");
      assertThat(refused.header("Version")).isEqualTo("0");
      Response chunked = chunked(second, "/put?key=b2", 3);
      assertThat(chunked.header("Error")).isEqualTo("overloaded");
      server.store.letGo();
      assertThat(first.read().orElseThrow().status()).isEqualTo(200);
      awaitNothingHeld();
      assertThat(second.ask("PUT", "/put?key=b2", body).status()).isEqualTo(200);
      assertThat(chunked(second, "/put?key=b3", 3).status()).isEqualTo(200);
      assertThat(server.store.value(Bytes.utf8("b3")).orElseThrow().length()).isEqualTo(3_000_000);
    }
    awaitNothingHeld();
  }

  private static Response chunked(RawClient client, String target, int millions)
      throws IOException {
    client.send(RawClient.head("PUT", target, "Transfer-Encoding: chunked"));
    for (int i = 0; i < millions; i++) {
      client.send("f4240\r\n").send(new byte[1_000_000]).send("\r\n");
    }
    return client.send("0\r\n\r\n").read().orElseThrow();
  }

  @Test
  void continueIsSaidBeforeTheBodyIsRead() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(RawClient.head("PUT", "/put?key=b", "Content-Length: 5", "Expect: 100-continue"));
      assertThat(client.read().orElseThrow().status()).isEqualTo(100);
      assertThat(client.send("hello").read().orElseThrow().status()).isEqualTo(200);
      assertThat(client.ask("GET", "/get?key=b").text()).isEqualTo("hello");
    }
  }

  @Test
  void bodyOverTheLimitIsAnsweredWhileItIsStillBeingSent() throws IOException {
    try (RawClient client = server.connect()) {
      client.send(RawClient.head("PUT", "/put?key=b", "Content-Length: 8000000"));
      client.send(new byte[2_000_000]);
      Response refused = client.read().orElseThrow();
      assertThat(refused.status()).isEqualTo(413);
      assertThat(refused.header("Error")).isEqualTo("body-too-large");
      assertThat(refused.header("Connection")).isEqualTo("close");
      drip(client);
    }
    TestServer.await("it is closed", () -> inFlight() == 0);
  }

  @Test
  void connectionsBeyondTheCapAreClosedAndPlacesBecomeFree() throws IOException {
    List<RawClient> open = new ArrayList<>();
    try {
      for (int i = 0; i < CONNECTIONS_MAX; i++) {
        RawClient client = server.connect();
        open.add(client);
        assertThat(client.ask("GET", "/get?key=a").status()).isEqualTo(200);
      }
      try (RawClient refused = server.connect()) {
        assertThat(refused.closed()).isTrue();
      }
      assertThat(open.get(0).ask("GET", "/livez").status()).isEqualTo(200);
      open.get(1).close();
      TestServer.await("a place is free", this::serves);
    } finally {
      for (RawClient client : open) {
        client.close();
      }
    }
  }

  @Test
  void storeThatNeverAnswersIsAnsweredFor() throws IOException {
    server.store.hold();
    try (RawClient writer = server.connect();
        RawClient reader = server.connect()) {
      writer.send(RawClient.head("GET", "/put?key=b&val=x"));
      reader.send(RawClient.head("GET", "/get?key=a"));
      assertThat(writer.read().orElseThrow().header("Error")).isEqualTo("outcome-unknown");
      assertThat(reader.read().orElseThrow().header("Error")).isEqualTo("no-quorum");
      server.store.failWith(new OutcomeUnknownException("late"));
      server.store.letGo();
      server.store.recover();
      assertThat(writer.ask("GET", "/get?key=a").text()).isEqualTo("value");
      assertThat(reader.ask("GET", "/get?key=a").text()).isEqualTo("value");
    }
  }

  @Test
  void clientThatLeavesLeavesNothingBehind() throws IOException {
    server.store.hold();
    try (RawClient client = server.connect()) {
      client.send(RawClient.head("PUT", "/put?key=b", "Content-Length: 5")).send("hello");
      TestServer.await("it is with the store", () -> server.store.heldCount() == 1);
    }
    server.store.letGo();
    TestServer.await("the request is over", () -> inFlight() == 0);
    awaitNothingHeld();
    assertServes();
  }

  private void assertServes() throws IOException {
    long start = System.nanoTime();
    assertThat(server.ask("GET", "/get?key=a").text()).isEqualTo("value");
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
  }

  private boolean serves() {
    try (RawClient client = server.connect()) {
      return client.ask("GET", "/get?key=a").status() == 200;
    } catch (IOException | RuntimeException e) {
      return false;
    }
  }

  private void awaitNothingHeld() {
    TestServer.await("no body is held", () -> server.endpoint.bodyBytesHeld() == 0);
  }

  private int inFlight() {
    return server.endpoint.requestsInFlight();
  }
}
