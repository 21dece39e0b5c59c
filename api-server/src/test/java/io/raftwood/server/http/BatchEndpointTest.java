package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterCommand.UserRule;
import io.raftwood.cluster.PasswordHash;
import io.raftwood.cluster.Role;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Many calls in one request. */
class BatchEndpointTest {
  private static final String FIRST = "{\"call\":\"put\",\"key\":\"a\",\"val\":\"1\"}";

  @Test
  void callsOfAllFamiliesAreAnsweredLineByLine() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings())) {
      assertThat(
              answers(
                  server,
                  FIRST,
                  "{\"call\":\"put\",\"key\":\"a\",\"body\":\"two & more\",\"ver\":1}",
                  "{\"call\":\"get\",\"key\":\"a\"}",
                  "{\"call\":\"hset\",\"tb\":\"h\",\"key\":\"f\",\"val\":\"7\"}",
                  "{\"call\":\"hincrby\",\"tb\":\"h\",\"key\":\"f\",\"val\":3}",
                  "{\"call\":\"sadd\",\"tb\":\"s\",\"body\":\"m\"}",
                  "{\"call\":\"zadd\",\"tb\":\"z\",\"key\":\"m\",\"score\":-5}",
                  "{\"call\":\"zscore\",\"tb\":\"z\",\"key\":\"m\"}",
                  "{\"call\":\"cache/put\",\"key\":\"c\",\"val\":\"x\",\"ttl\":60}",
                  "{\"call\":\"cache/get\",\"key\":\"c\"}",
                  "{\"call\":\"dt/create\",\"tree_id\":\"t +1\"}",
                  "{\"call\":\"dt/setcas\",\"tree_id\":\"t +1\",\"key\":\"k\",\"value\":\"a+b %\"}",
                  "{\"call\":\"dt/seek\",\"tree_id\":\"t +1\",\"key\":\"k\"}"))
          .satisfies(lines -> assertThat(lines.get(10)).contains("\"existed\":false"))
          .satisfies(lines -> assertThat(lines.get(12)).contains("\"data\":[\"\",\"\"]"))
          .containsSubsequence(
              "{\"status\":200,\"version\":1}",
              "{\"status\":200,\"version\":2}",
              "{\"status\":200,\"version\":2,\"body\":\"two & more\"}",
              "{\"status\":200,\"version\":1}",
              "{\"status\":200,\"body\":\"10\"}",
              "{\"status\":200,\"version\":1}",
              "{\"status\":200,\"version\":1}",
              "{\"status\":200,\"version\":1,\"body\":\"-5\"}",
              "{\"status\":200}",
              "{\"status\":200,\"body\":\"x\"}",
              "{\"status\":200,\"body\":{\"status\":\"success\",\"code\":0,\"data\":\"ok\"}}");
    }
  }

  @Test
  void aLineFailsAloneAndAsTheCallAloneWould() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings())) {
      assertThat(
              answers(
                  server,
                  "{\"call\":\"get\",\"key\":\"none\"}",
                  "{\"call\":\"put\",\"key\":\"a\"}",
                  "{\"call\":\"get\"}",
                  "{\"call\":\"get\",\"key\":\"a\",\"key\":\"b\"}",
                  "{\"call\":\"put\",\"key\":\"a\",\"val\":\"x\",\"ttl\":-1}",
                  "{\"call\":\"dt/insert\",\"tree_id\":\"t\"}",
                  FIRST))
          .containsExactly(
              "{\"status\":404,\"version\":0,\"error\":\"not-found\"}",
              "{\"status\":404,\"version\":0,\"error\":\"missing-parameter:val\"}",
              "{\"status\":400,\"error\":\"missing-parameter:key\"}",
              "{\"status\":400,\"error\":\"duplicate-parameter:key\"}",
              "{\"status\":404,\"version\":0,\"error\":\"malformed-parameter:ttl\"}",
              "{\"status\":200,\"error\":\"missing-parameter:key\",\"body\":{\"status\":\"fail\","
                  + "\"code\":805,\"data\":\"bad request: key is missing or empty\"}}",
              "{\"status\":200,\"version\":1}");
    }
  }

  @Test
  void keysAndValuesAreAnyBytes() throws IOException {
    byte[] key = {0, '&', '%', '=', '+', (byte) 0xff, ' '};
    String encoded = Base64.getEncoder().encodeToString(key);
    try (TestServer server = new TestServer(TestServer.settings())) {
      assertThat(
              answers(
                  server,
                  "{\"call\":\"put\",\"key64\":\"" + encoded + "\",\"body64\":\"AP8=\"}",
                  "{\"call\":\"get\",\"key64\":\"" + encoded + "\"}",
                  "{\"call\":\"put\",\"key\":\"caf\u00e9 & %41\",\"val\":\"\u20ac\"}",
                  "{\"call\":\"get\",\"key\":\"caf\u00e9 & %41\"}"))
          .containsExactly(
              "{\"status\":200,\"version\":1}",
              "{\"status\":200,\"version\":1,\"body64\":\"AP8=\"}",
              "{\"status\":200,\"version\":1}",
              "{\"status\":200,\"version\":1,\"body\":\"\u20ac\"}");
      assertThat(server.ask("GET", "/get?key=%00%26%25%3D%2B%FF%20").body())
          .isEqualTo(new byte[] {0, (byte) 0xff});
    }
  }

  @Test
  void aMalformedLineIsNamedAndNothingIsDone() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings())) {
      for (String[] wrong :
          new String[][] {
            {"", "not a JSON object"},
            {"{\"call\":\"put\"", "not a JSON object"},
            {"[1]", "not a JSON object"},
            {"{\"call\":\"get\",\"key\":\"a\"} x", "something behind the object"},
            {"{\"key\":\"a\"}", "no call"},
            {"{\"call\":\"nosuch\"}", "no such call in a batch"},
            {"{\"call\":\"keys\"}", "no such call in a batch"},
            {"{\"call\":\"dt/load\"}", "no such call in a batch"},
            {"{\"call\":\"get\",\"key\":null}", "a value that is no string, number or boolean"},
            {"{\"call\":\"get\",\"key\":[\"a\"]}", "a value that is no string, number or boolean"},
            {"{\"call\":\"get\",\"key64\":\"?\"}", "a value that is not base64"},
            {"{\"call\":\"get\",\"key\":\"a\",\"body\":\"b\"}", "this call has no body"},
            {"{\"call\":\"put\",\"val\":\"a\",\"body\":\"b\"}", "both body and val"},
            {
              "{\"call\":\"put\",\"body64\":\"\",\"body\":\"b\"}", "a field is given more than once"
            },
            {"{\"call\":\"get\",\"key\":\"\\ud800\"}", "half a character"}
          }) {
        Response refused = post(server, "/batch", FIRST, wrong[0], FIRST);
        assertThat(refused.status()).as(wrong[0]).isEqualTo(400);
        assertThat(refused.header("Error"))
            .as(wrong[0])
            .isEqualTo("malformed-line:line 2: " + wrong[1]);
      }
      assertThat(server.ask("GET", "/get?key=a").status()).isEqualTo(404);
    }
  }

  @Test
  void aBatchHasALineAndNotTooMany() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings())) {
      assertThat(post(server, "/batch").header("Error")).isEqualTo("missing-parameter:body");
      String[] lines = Collections.nCopies(1001, FIRST).toArray(String[]::new);
      assertThat(post(server, "/batch", lines).header("Error")).isEqualTo("too-long:body");
      assertThat(answers(server, Arrays.copyOf(lines, 1000))).hasSize(1000);
      assertThat(server.ask("GET", "/batch").status()).isEqualTo(405);
      assertThat(server.ask("GET", "/batchx").status()).isEqualTo(404);
    }
  }

  @Test
  void linesThatWriteOrReadNextToEachOtherTravelTogether() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings())) {
      String get = "{\"call\":\"get\",\"key\":\"a\"}";
      answers(server, FIRST, FIRST, get, get, get, FIRST);
      assertThat(server.bundle.sent).hasValue(3);
    }
  }

  @Test
  void atomicIsAllOrNothing() throws IOException {
    String target = "/batch?atomic=true";
    try (TestServer server = new TestServer(TestServer.settings())) {
      assertThat(post(server, target, FIRST, FIRST).text())
          .isEqualTo("{\"status\":200,\"version\":1}\n{\"status\":200,\"version\":2}\n");
      assertThat(server.bundle.sent).hasValue(1);
      assertNotAtomic(
          post(server, target, FIRST, "{\"call\":\"get\",\"key\":\"a\"}"),
          "line 2: it does not write");
      assertNotAtomic(
          post(server, target, "{\"call\":\"put\",\"val\":\"x\"}", FIRST),
          "line 1: missing-parameter:key");
      server.bundle.split = Optional.of("the commands belong to 2 groups");
      assertNotAtomic(post(server, target, FIRST), "the commands belong to 2 groups");
      assertThat(server.bundle.sent).hasValue(1);
      assertThat(post(server, "/batch?atomic=yes", FIRST).header("Error"))
          .isEqualTo("malformed-parameter:atomic");
    }
  }

  private static void assertNotAtomic(Response refused, String why) {
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("Error")).isEqualTo("not-atomic:" + why);
  }

  @Test
  void anIdempotencyKeyBelongsToItsLine() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings())) {
      String keyed = "{\"call\":\"put\",\"key\":\"a\",\"val\":\"x\",\"idempotency-key\":\"";
      assertThat(answers(server, keyed + "\"}", keyed + "k".repeat(129) + "\"}", keyed + "k\"}"))
          .containsExactly(
              "{\"status\":404,\"version\":0,\"error\":\"malformed-parameter:Idempotency-Key\"}",
              "{\"status\":404,\"version\":0,\"error\":\"too-long:Idempotency-Key\"}",
              "{\"status\":200,\"version\":1}");
    }
  }

  @Test
  void everyLineNeedsItsOwnRole() throws IOException {
    try (TestServer server =
        new TestServer(
            TestServer.settings().with(new AccessSettings(true, 1_000, Optional.empty())))) {
      assertThat(post(server, "/batch", FIRST).status()).isEqualTo(401);
      user(server, "root", Role.ADMIN);
      user(server, "reader", Role.READ);
      String authorization = "Authorization: " + CredentialCheckTest.basic("reader:secret");
      String get = "{\"call\":\"get\",\"key\":\"a\"}";
      try (RawClient client = server.connect()) {
        String body = FIRST + "\n" + get;
        client.send(
            "POST /batch HTTP/1.1\r\nHost: x\r\n"
                + authorization
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body);
        assertThat(client.read(false).orElseThrow().text())
            .isEqualTo(
                "{\"status\":403,\"error\":\"forbidden:write\"}\n"
                    + "{\"status\":404,\"version\":0,\"error\":\"not-found\"}\n");
      }
    }
  }

  @Test
  void commandsAreCountedByNameAndOutcome() throws IOException {
    try (TestServer server = new TestServer(TestServer.settings())) {
      answers(server, FIRST, FIRST, "{\"call\":\"get\",\"key\":\"none\"}");
      assertThat(server.ask("GET", "/metrics").text())
          .contains("raftwood_http_batch_commands_total{op=\"put\",outcome=\"ok\"} 2.0")
          .contains("raftwood_http_batch_commands_total{op=\"get\",outcome=\"not-found\"} 1.0")
          .contains("raftwood_http_requests_total{op=\"batch\",outcome=\"ok\"} 1.0");
    }
  }

  private static void user(TestServer server, String name, Role role) {
    PasswordHash hash =
        PasswordHash.of(Bytes.utf8("secret"), 1_000, Bytes.utf8("saltsaltsaltsalt"));
    server
        .admin
        .meta()
        .propose(new ClusterCommand.PutUser(UserRule.ANY, name, Set.of(role), hash))
        .join();
  }

  private static List<String> answers(TestServer server, String... lines) throws IOException {
    Response answer = post(server, "/batch", lines);
    assertThat(answer.status()).as(answer.header("Error")).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-ndjson");
    return new String(answer.body(), StandardCharsets.UTF_8).lines().toList();
  }

  private static Response post(TestServer server, String target, String... lines)
      throws IOException {
    byte[] body = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    return server.ask("POST", target, body);
  }
}
