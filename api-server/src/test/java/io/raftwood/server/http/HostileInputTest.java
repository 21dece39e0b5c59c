package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvLimits;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The numbers are those of reliability.md, section 9.3. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputTest {
  private static final int CLOSED = 0;
  private static final int BODY_MAX = 100_000;
  private static final String HOST = " HTTP/1.1\r\nHost: t\r\n";

  private TestServer server;

  @BeforeAll
  void start() throws IOException {
    HttpLimits limits =
        new HttpLimits(16_384, 100, 100, KvLimits.KEY_BYTES_MAX, BODY_MAX, 1_000_000, 1000);
    server = new TestServer(TestServer.settings().with(limits));
    server.store.record(Bytes.utf8("a"), Bytes.utf8("value"), 7);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /**
   * @param statuses what the first answer may be; {@link #CLOSED} = none, the connection closes
   * @param error the start of the {@code Error} header; empty = not looked at
   * @param usable whether the same connection must answer a further request rightly
   */
  private record Case(
      String name, String request, List<Integer> statuses, String error, boolean usable) {}

  private static Case refused(String name, String request, Integer... statuses) {
    return new Case(name, request, List.of(statuses), "", false);
  }

  private static Case kept(String name, String request, int status, String error) {
    return new Case(name, request, List.of(status), error, true);
  }

  private static String get(String target) {
    return "GET " + target + HOST + "\r\n";
  }

  private static String post(String target, String headers, String body) {
    return "POST " + target + HOST + headers + "\r\n" + body;
  }

  private static List<Case> heads() {
    byte[] noise = new byte[1024];
    new Random(11).nextBytes(noise);
    String random = new String(noise, java.nio.charset.StandardCharsets.ISO_8859_1);
    return List.of(
        refused("1 no Host", "GET /get?key=a HTTP/1.1\r\n\r\n", 400),
        refused("2 two Hosts", "GET /get?key=a HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        kept("3 method FOO is as good as any", "FOO /get?key=a" + HOST + "\r\n", 200, ""),
        refused("3b method of 5000 characters", "F".repeat(5000) + " /" + HOST + "\r\n", 400),
        kept("4 TRACE", "TRACE /get?key=a" + HOST + "\r\n", 405, "method-not-allowed"),
        refused("5 CONNECT", "CONNECT a:80" + HOST + "\r\n", 400, 405),
        kept("6 OPTIONS *", "OPTIONS *" + HOST + "\r\n", 404, "unknown-path"),
        kept("7 POST on a GET route", "POST /livez" + HOST + "Content-Length: 0\r\n\r\n", 405, ""),
        kept("7b GET on a POST route", get("/admin/check"), 405, "method-not-allowed"),
        // Undertow's parser takes an unknown version for 1.1, and does not tell.
        kept("8 HTTP/9.9", "GET /get?key=a HTTP/9.9\r\nHost: t\r\n\r\n", 200, ""),
        refused("8b HTTP/2.0", "GET /get?key=a HTTP/2.0\r\nHost: t\r\n\r\n", 505, 400),
        refused("8c HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, 400),
        refused("9 HTTP/0.9", "GET /get?key=a HTTP/0.9\r\n\r\n", 505, 400),
        refused("9b no version", "GET /get?key=a\r\n\r\n \r\n\r\n", 400),
        refused("9c control characters in the target", get("/get?key=a\tb"), 400),
        refused("9d what stands for a percent sign", get("/get?key=a\u001f41"), 400),
        kept("9e raw bytes above 0x7f", get("/get?key=\u00e9\u00ff"), 404, "not-found"),
        kept("9f characters that should be escaped", get("/get?key=<\"{|}^`\\>"), 404, "not-found"),
        refused("10 LF only", "GET /get?key=a HTTP/1.1\nHost: t\n\n", 400),
        refused("11 random bytes", random + "\r\n\r\n", 400, CLOSED),
        refused("12 TLS hello", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400, CLOSED),
        refused(
            "14 header over the limit",
            get("/").trim() + "\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
            400,
            CLOSED),
        refused("15 300 headers", "GET /get?key=a" + HOST + "X: y\r\n".repeat(300) + "\r\n", 400),
        refused("16 URI of 20 KB", get("/get?key=" + "k".repeat(20_000)), 400, CLOSED),
        refused("17 2000 parameters", get("/get?key=a" + "&p=1".repeat(2000)), 400),
        refused("18 header without colon", "GET /get?key=a" + HOST + "nocolon\r\n\r\n", 400),
        refused("19 NUL in a header", "GET /get?key=a" + HOST + "X: a\u0000b\r\n\r\n", 400),
        refused("20 leading space", "GET /get?key=a HTTP/1.1\r\n Host: t\r\n\r\n", 400),
        refused("22 bare CR", "GET /get?key=a" + HOST + "X: a\rb\r\n\r\n", 400));
  }

  private static List<Case> lengthsAndCodings() {
    String smuggled = "GET /put?key=smuggled&val=1" + HOST + "\r\n";
    return List.of(
        refused("23 CL abc", post("/put?key=x", "Content-Length: abc\r\n", "xx"), 400),
        refused("24 CL -1", post("/put?key=x", "Content-Length: -1\r\n", "xx"), 400),
        refused("25 CL +5", post("/put?key=x", "Content-Length: +5\r\n", "xxxxx"), 400),
        refused(
            "26 CL 10^20",
            post("/put?key=x", "Content-Length: 1" + "0".repeat(20) + "\r\n", "xx"),
            400),
        refused(
            "27 two CL",
            post("/put?key=x", "Content-Length: 2\r\nContent-Length: 3\r\n", "xx"),
            400),
        refused(
            "27b two equal CL",
            post("/put?key=x", "Content-Length: 2\r\nContent-Length: 2\r\n", "xx"),
            400),
        refused(
            "28 CL and chunked",
            post(
                "/put?key=x",
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "0\r\n\r\n" + smuggled),
            400),
        refused(
            "29 TE xchunked",
            post("/put?key=x", "Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + smuggled),
            501),
        refused(
            "30 TE gzip, chunked",
            post("/put?key=x", "Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n" + smuggled),
            501),
        refused(
            "30b TE identity",
            post("/put?key=x", "Transfer-Encoding: identity\r\n", smuggled),
            501),
        refused(
            "31 TE twice",
            post(
                "/put?key=x",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
                "0\r\n\r\n"),
            501,
            400),
        refused(
            "31b TE with a space before the colon",
            post("/put?key=x", "Transfer-Encoding : chunked\r\n", "0\r\n\r\n"),
            400));
  }

  private static List<Case> chunks() {
    return List.of(
        refused(
            "32 chunk size ZZ",
            post("/put?key=x", "Transfer-Encoding: chunked\r\n", "ZZ\r\nxx\r\n"),
            400,
            CLOSED),
        refused(
            "33 chunk size FFFFFFFFFFFFFFFF",
            post("/put?key=x", "Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFF\r\nxx\r\n"),
            400,
            413,
            CLOSED),
        refused(
            "33b chunk size 7FFFFFFF",
            post(
                "/put?key=x",
                "Transfer-Encoding: chunked\r\n",
                "7FFFFFFF\r\n" + "x".repeat(200_000)),
            400,
            413,
            CLOSED),
        refused(
            "36 Expect junk",
            post("/put?key=x", "Expect: junk\r\nContent-Length: 1\r\n", "x"),
            417),
        refused(
            "37 Expect and too long",
            post("/put?key=x", "Expect: 100-continue\r\nContent-Length: 100001\r\n", ""),
            413),
        refused("37b too long", post("/put?key=x", "Content-Length: 100001\r\n", ""), 413),
        refused(
            "37c too long where no body is read",
            post("/get?key=a", "Content-Length: 100001\r\n", ""),
            413),
        refused(
            "93 chunked and too long",
            post(
                "/put?key=x",
                "Transfer-Encoding: chunked\r\n",
                "186a1\r\n" + "x".repeat(100_001) + "\r\n0\r\n\r\n"),
            413),
        new Case(
            "39 GET with a body",
            "GET /get?key=a" + HOST + "Content-Length: 5\r\n\r\nhello",
            List.of(200),
            "",
            true));
  }

  private static List<Case> expectationsAndTrailers() {
    return List.of(
        new Case(
            "39b refusal with a body",
            post("/nosuch", "Content-Length: 5\r\n", "hello"),
            List.of(404),
            "unknown-path",
            true),
        new Case(
            "39c chunked where no body is read",
            post("/get?key=a", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n"),
            List.of(200),
            "",
            true),
        new Case(
            "39d 405 with a body",
            post("/readyz", "Content-Length: 5\r\n", "hello"),
            List.of(405),
            "",
            true),
        // Undertow's parser unfolds it, and does not tell.
        kept("21 folded header", "GET /get?key=a" + HOST + "X: a\r\n b\r\n\r\n", 200, ""),
        refused(
            "34 chunk extension of 500 KB",
            post(
                "/get?key=a",
                "Transfer-Encoding: chunked\r\n",
                "1;" + "e".repeat(500_000) + "\r\nx\r\n0\r\n\r\n"),
            400,
            CLOSED),
        refused(
            "35 trailer of 50,000 headers",
            post(
                "/get?key=a",
                "Transfer-Encoding: chunked\r\n",
                "0\r\n" + "X: y\r\n".repeat(50_000) + "\r\n"),
            400,
            CLOSED),
        kept("42 absolute-form target", get("http://t/get?key=a"), 200, ""));
  }

  private static List<Case> parameters() {
    return List.of(
        kept("52 put without key", get("/put?val=x"), 404, "missing-parameter:key"),
        kept("52b get without key", get("/get"), 400, "missing-parameter:key"),
        kept("52c exist without key", get("/exist?x=1"), 400, "missing-parameter:key"),
        kept("52d del without key", get("/del?KEY=a"), 400, "missing-parameter:key"),
        kept("52e put without value", get("/put?key=x"), 404, "missing-parameter:val"),
        kept("53 empty key", get("/put?key=&val=x"), 404, "missing-parameter:key"),
        kept("55 key %00", get("/get?key=%00"), 404, "not-found"),
        kept("58 key=%zz", get("/put?key=%zz&val=x"), 400, "malformed-parameter:key"),
        kept("59 key=%", get("/get?key=%"), 400, "malformed-parameter:key"),
        kept("59b key=%4", get("/del?key=%4"), 400, "malformed-parameter:key"),
        kept("59c val is raw", get("/put?val=100%&key="), 404, "missing-parameter:key"),
        kept("59d broken encoding of an unknown parameter", get("/get?x=%&key=a"), 200, ""),
        kept("60 two keys", get("/put?key=x&key=y&val=x"), 400, "duplicate-parameter:key"),
        kept("60b two vals", get("/put?key=x&val=1&val=2"), 400, "duplicate-parameter:val"),
        kept("61 unknown parameter", get("/get?zz=1&key=a&yy"), 200, ""),
        kept("68 ttl=-1", get("/put?key=x&val=x&ttl=-1"), 404, "malformed-parameter:ttl"),
        kept("69 ttl=abc", get("/put?key=x&val=x&ttl=abc"), 404, "malformed-parameter:ttl"),
        kept("70 ttl=1e3", get("/put?key=x&val=x&ttl=1e3"), 404, "malformed-parameter:ttl"),
        kept(
            "71 ttl=10^20",
            get("/put?key=x&val=x&ttl=99999999999999999999"),
            404,
            "malformed-parameter:ttl"),
        kept("73 ver=-1", get("/put?key=x&val=x&ver=-1"), 404, "malformed-parameter:ver"),
        kept("73b ver=abc", get("/del?key=a&ver=abc"), 404, "malformed-parameter:ver"),
        kept(
            "73c ver=2^63",
            get("/put?key=x&val=x&ver=9223372036854775808"),
            404,
            "malformed-parameter:ver"),
        kept("74 stale ver", get("/put?key=a&val=x&ver=3"), 409, "version-conflict"));
  }

  private static List<Case> paths() {
    return List.of(
        kept("81 ;x=1 in the path", get("/admin;x=1/status"), 404, "unknown-path"),
        kept("81b upper case", get("/ADMIN/status"), 404, "unknown-path"),
        kept("81c dot segment", get("/admin/./status"), 404, "unknown-path"),
        kept("81d the same, spelt otherwise", get("//%61dmin%2fstatus"), 200, ""),
        kept("82 /../../etc/passwd", get("/../../etc/passwd"), 404, "unknown-path"),
        kept("82b encoded", get("/%2e%2e/%2e%2e/etc/passwd"), 404, "unknown-path"),
        kept("83 /metrics/../put", get("/metrics/../put?key=x&val=x"), 404, "unknown-path"),
        kept("below a known prefix", get("/getx?key=a"), 400, "unknown-path"),
        kept("trailing slash", get("/get/?key=a"), 400, "unknown-path"),
        kept("version/x", get("/version/x"), 400, "unknown-path"),
        kept("upper case", get("/GET?key=a"), 404, "unknown-path"),
        kept("root", get("/"), 404, "unknown-path"),
        kept("NUL in the path", get("/get%00?key=a"), 400, "unknown-path"),
        refused("broken encoding in the path", get("/g%et?key=a"), 400));
  }

  @TestFactory
  List<DynamicTest> answersAndGoesOn() {
    List<Case> cases = new ArrayList<>(heads());
    cases.addAll(lengthsAndCodings());
    cases.addAll(chunks());
    cases.addAll(expectationsAndTrailers());
    cases.addAll(parameters());
    cases.addAll(paths());
    assertThat(cases.size()).isGreaterThan(60);
    return cases.stream()
        .map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one)))
        .toList();
  }

  private void check(Case one) throws IOException {
    try (RawClient client = server.connect()) {
      try {
        client.send(one.request());
      } catch (IOException reset) {
        // Refused before everything was sent; what was answered is looked at below.
        assertThat(one.statuses()).contains(CLOSED);
      }
      Optional<Response> response = client.read(one.request().startsWith("HEAD"));
      assertThat(one.statuses()).contains(response.map(Response::status).orElse(CLOSED));
      response.ifPresent(
          found -> {
            assertThat(found.header("Error")).startsWith(one.error());
            assertThat(found.text()).doesNotContain("Exception", "io.raftwood", "undertow");
          });
      if (one.usable()) {
        assertThat(client.ask("GET", "/get?key=a").text()).isEqualTo("value");
      } else {
        assertThat(client.closed()).as("the connection closes").isTrue();
      }
    }
    assertThat(server.ask("GET", "/get?key=a").text()).isEqualTo("value");
    assertThat(server.store.size()).as("nothing was stored").isEqualTo(1);
  }
}
