package io.raftwood.bench.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.KvAnswer.Meaning;
import io.raftwood.bench.fixtures.LoopbackServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HustdbClientTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final byte[] KEY = {'a', '/', '%', '+', ' ', 0, '\n', (byte) 0xff, '~'};
  private static final byte[] VALUE = {0, '\r', '\n', (byte) 0x80, '%'};

  @Test
  void sendsEveryByteOfKeyAndValueUnchanged() throws IOException {
    try (LoopbackServer server = answering(LoopbackServer.response("200 OK\r\nVersion: 7", ""));
        HustdbClient client = new HustdbClient(server.address(), TIMEOUT)) {
      CallOptions options =
          CallOptions.NONE
              .withExpectedVersion(6)
              .withTtlSeconds(9)
              .withConsistency("lease")
              .withIdempotencyKey("id-1");
      KvAnswer answer = client.put(KEY, VALUE, options);
      assertThat(answer.meaning()).isEqualTo(Meaning.OK);
      assertThat(answer.version()).isEqualTo(7);
      String host = server.address().getHostString() + ":" + server.address().getPort();
      assertThat(server.requests())
          .containsExactly(
              "PUT /put?key=a%2F%25%2B%20%00%0A%FF~&ver=6&ttl=9&consistency=lease HTTP/1.1\r\n"
                  + "Host: "
                  + host
                  + "\r\nIdempotency-Key: id-1\r\nContent-Length: 5\r\n\r\n"
                  + new String(VALUE, StandardCharsets.ISO_8859_1));
    }
  }

  @Test
  void readsValueVersionAndStaleness() throws IOException {
    String value = new String(VALUE, StandardCharsets.ISO_8859_1);
    String response = LoopbackServer.response("200 OK\r\nversion: 3\r\nStale: true", value);
    try (LoopbackServer server = answering(response);
        HustdbClient client = new HustdbClient(server.address(), TIMEOUT)) {
      KvAnswer answer = client.get(KEY, CallOptions.NONE);
      assertThat(answer.value()).isEqualTo(VALUE);
      assertThat(answer.version()).isEqualTo(3);
      assertThat(answer.stale()).isTrue();
      assertThat(client.exist(KEY, CallOptions.NONE).meaning()).isEqualTo(Meaning.OK);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "404 Not Found, not-found, ABSENT, ABSENT",
    "409 Conflict, version-conflict, CONFLICT, CONFLICT",
    "404 Not Found, no-quorum, FAILED, FAILED",
    "404 Not Found, overloaded, FAILED, FAILED",
    "404 Not Found, outcome-unknown, UNKNOWN, FAILED",
    "404 Not Found, missing-parameter:key, FAILED, FAILED",
    "404 Not Found, '', UNKNOWN, FAILED",
    "400 Bad Request, bad-target, FAILED, FAILED",
    "413 Request Entity Too Large, '', FAILED, FAILED",
    "408 Request Time-out, '', UNKNOWN, FAILED",
    "500 Internal Server Error, '', UNKNOWN, FAILED",
    "503 Service Unavailable, overloaded, FAILED, FAILED"
  })
  void anErrorMeansWhatItsTokenSays(String status, String token, Meaning write, Meaning read)
      throws IOException {
    String error = token.isEmpty() ? "" : "\r\nError: " + token;
    try (LoopbackServer server = answering(LoopbackServer.response(status + error, ""));
        HustdbClient client = new HustdbClient(server.address(), TIMEOUT)) {
      assertThat(client.put(KEY, VALUE, CallOptions.NONE).meaning()).isEqualTo(write);
      assertThat(client.del(KEY, CallOptions.NONE).meaning()).isEqualTo(write);
      assertThat(client.get(KEY, CallOptions.NONE).meaning()).isEqualTo(read);
    }
  }

  @Test
  void aBrokenConnectionLeavesAWriteUnknownAndTheNextCallConnectsAgain() throws IOException {
    try (LoopbackServer server = answering("");
        HustdbClient client = new HustdbClient(server.address(), TIMEOUT)) {
      assertThat(client.put(KEY, VALUE, CallOptions.NONE).meaning()).isEqualTo(Meaning.UNKNOWN);
      assertThat(client.get(KEY, CallOptions.NONE).meaning()).isEqualTo(Meaning.FAILED);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aHalfAnswerIsNoAnswer() throws IOException {
    try (LoopbackServer server = answering("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
        HustdbClient client = new HustdbClient(server.address(), Duration.ofMillis(100))) {
      assertThat(client.put(KEY, VALUE, CallOptions.NONE).meaning()).isEqualTo(Meaning.UNKNOWN);
    }
  }

  @Test
  void aServerThatNeverReadsEndsTheCallInTime() throws IOException {
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), deaf.getLocalPort());
      try (HustdbClient client = new HustdbClient(address, Duration.ofMillis(200))) {
        byte[] large = new byte[30_000_000];
        assertThat(client.put(KEY, large, CallOptions.NONE).meaning()).isEqualTo(Meaning.UNKNOWN);
      }
    }
  }

  @Test
  void aRefusedConnectionIsACertainFailure() throws IOException {
    LoopbackServer server = answering("");
    server.close();
    try (HustdbClient client = new HustdbClient(server.address(), TIMEOUT)) {
      assertThat(client.put(KEY, VALUE, CallOptions.NONE).meaning()).isEqualTo(Meaning.FAILED);
    }
  }

  @Test
  void bodiesMayComeInChunksOrEndWithTheConnection() throws IOException {
    String chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\nA;x=y\r\n, world..!\r\n0\r\n\r\n";
    try (LoopbackServer server = answering(chunked);
        HustdbClient client = new HustdbClient(server.address(), TIMEOUT)) {
      assertThat(client.request("GET", "/metrics", new byte[0]).text())
          .isEqualTo("hello, world..!");
      assertThat(client.request("GET", "/metrics", new byte[0]).status()).isEqualTo(200);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatTheServerEndsIsNotUsedAgain() throws IOException {
    try (LoopbackServer server =
            answering(LoopbackServer.response("200 OK\r\nConnection: close", "x"));
        HustdbClient client = new HustdbClient(server.address(), TIMEOUT)) {
      client.get(KEY, CallOptions.NONE);
      client.get(KEY, CallOptions.NONE);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static LoopbackServer answering(String response) throws IOException {
    Function<String, String> always = request -> response;
    return new LoopbackServer(always);
  }
}
