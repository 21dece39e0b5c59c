package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.kv.KvLimits;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hashes, sets and sorted sets in default mode. */
class TableEndpointsTest {
  private TestServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = new TestServer(TestServer.settings());
    client = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private Response get(String target) throws IOException {
    return client.ask("GET", target);
  }

  private Response post(String target, String body) throws IOException {
    return client.ask("POST", target, body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void assertOk(Response response, String version, String body) {
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.header("Version")).isEqualTo(version);
    assertThat(response.text()).isEqualTo(body);
  }

  private static void assert404(Response response, String version, String error) {
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.header("Version")).isEqualTo(version);
    assertThat(response.header("Error")).isEqualTo(error);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void hashFieldsLiveAsKeysDo() throws IOException {
    assertOk(post("/hset?tb=h:1&key=a%20b&val=query", "body"), "1", "");
    assertOk(get("/hset?tb=h:1&key=a%20b&val=a%20b&ver=1"), "2", "");
    assertOk(get("/hget?tb=h:1&key=a%20b"), "2", "a%20b");
    assertOk(get("/hexist?tb=h:1&key=%61%20b"), "2", "");
    assert404(get("/hget?tb=h.1&key=a%20b"), "0", "not-found");
    Response conflict = get("/hdel?tb=h:1&key=a%20b&ver=1");
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.header("Version")).isEqualTo("2");
    assertOk(get("/hdel?tb=h:1&key=a%20b&ver=2"), "2", "");
    assert404(get("/hdel?tb=h:1&key=a%20b"), "0", "not-found");
    assertOk(get("/hset?tb=h:1&key=a%20b&val=x"), "1", "");
  }

  @Test
  void incrementAnswersTheNumberWithoutVersion() throws IOException {
    assertOk(get("/hincrby?tb=h&key=n&val=5"), "", "5");
    assertOk(get("/hincrby?tb=h&key=n&val=-7"), "", "-2");
    assertOk(get("/hget?tb=h&key=n"), "2", "-2");
    get("/hset?tb=h&key=text&val=five");
    assert404(get("/hincrby?tb=h&key=text&val=1"), "", "not-a-number");
    get("/hset?tb=h&key=most&val=9223372036854775807");
    assert404(get("/hincrby?tb=h&key=most&val=1"), "", "out-of-range");
    assertOk(get("/hget?tb=h&key=most"), "1", "9223372036854775807");
    assert404(get("/hincrby?tb=h&key=n&val=1.5"), "", "malformed-parameter:val");
    Response conflict = get("/hincrby?tb=h&key=n&val=1&ver=1");
    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.header("Version")).isEqualTo("2");
    assertOk(get("/hget?tb=h&key=n"), "2", "-2");
  }

  @Test
  void incrementReplacesTheExpiry() throws IOException {
    get("/hincrby?tb=h&key=n&val=5&ttl=2");
    server.store.passTime(1999);
    assertOk(get("/hexist?tb=h&key=n"), "1", "");
    server.store.passTime(1);
    assert404(get("/hexist?tb=h&key=n"), "0", "not-found");
    assertOk(get("/hincrby?tb=h&key=n&val=5"), "", "5");
  }

  @Test
  void membersOfSetsAreBodiesByteForByte() throws IOException {
    assertOk(post("/sadd?tb=s&key=other", "a%20b\0?\u00ff"), "1", "");
    assertOk(post("/sadd?tb=s&ver=1", "a%20b\0?\u00ff"), "2", "");
    assertOk(post("/sismember?tb=s", "a%20b\0?\u00ff"), "2", "");
    assert404(post("/sismember?tb=s", "a b\0?\u00ff"), "0", "not-found");
    assert404(post("/srem?tb=s", "other"), "0", "not-found");
    assertOk(post("/srem?tb=s", "a%20b\0?\u00ff"), "2", "");
    assert404(post("/sadd?tb=s&key=x&val=x", ""), "0", "missing-parameter:body");
  }

  @Test
  void setsTakePostAlone() throws IOException {
    for (String path : new String[] {"sadd", "srem", "sismember"}) {
      for (String method : new String[] {"GET", "PUT", "DELETE"}) {
        Response refused = client.ask(method, "/" + path + "?tb=s", new byte[] {'x'});
        assertThat(refused.status()).as(method + path).isEqualTo(405);
        assertThat(refused.header("Allow")).isEqualTo("POST");
        assertThat(refused.header("Content-Type")).isEqualTo("text/html");
        assertThat(refused.header("Connection")).isEqualTo("keep-alive");
      }
    }
    assertThat(server.store.commands()).isEmpty();
  }

  @Test
  void setMembersExpire() throws IOException {
    post("/sadd?tb=s&ttl=1", "m");
    server.store.passTime(1000);
    assert404(post("/sismember?tb=s", "m"), "0", "not-found");
  }

  @Test
  void membersOfSortedSetsAreTheBodyOrTheKey() throws IOException {
    assertOk(post("/zadd?tb=z&score=-5&key=k", "a%20b"), "1", "");
    assertOk(get("/zscore?tb=z&key=a%2520b"), "1", "-5");
    assert404(get("/zscore?tb=z&key=a%20b"), "0", "not-found");
    assert404(get("/zscore?tb=z&key=k"), "0", "not-found");
    assertOk(get("/zadd?tb=z&score=7&key=a%20b"), "1", "");
    assertOk(post("/zismember?tb=z", "a b"), "1", "");
    assertOk(get("/zrem?tb=z&key=a%20b"), "1", "");
    assertOk(post("/zrem?tb=z&ver=1", "a%20b"), "1", "");
    assert404(post("/zismember?tb=z", "a%20b"), "0", "not-found");
  }

  @Test
  void signOfOptDecides() throws IOException {
    assertOk(get("/zadd?tb=z&score=5&opt=-300&key=m"), "1", "");
    assertOk(get("/zadd?tb=z&score=20&opt=2&key=m"), "2", "");
    assertOk(get("/zscore?tb=z&key=m"), "2", "15");
    assertOk(get("/zadd?tb=z&score=15&opt=0&key=m"), "2", "");
    assertOk(get("/zadd?tb=z&score=9223372036854775807&key=m"), "3", "");
    assert404(get("/zadd?tb=z&score=1&opt=1&key=m"), "0", "out-of-range");
    assertOk(get("/zscore?tb=z&key=m"), "3", "9223372036854775807");
  }

  @Test
  void numbersThatAreNoneChangeNothing() throws IOException {
    assert404(get("/zadd?tb=z&score=1.5&key=m"), "0", "malformed-parameter:score");
    assert404(get("/zadd?tb=z&score=9223372036854775808&key=m"), "0", "malformed-parameter:score");
    assert404(get("/zadd?tb=z&score=1&opt=x&key=m"), "0", "malformed-parameter:opt");
    assert404(get("/zadd?tb=z&score=1&ttl=-1&key=m"), "0", "malformed-parameter:ttl");
    assert404(post("/sadd?tb=s&ver=x", "m"), "0", "malformed-parameter:ver");
    assertThat(server.store.commands()).isEmpty();
  }

  @Test
  void memberOverTwoMebibytesIsRefusedAndTheConnectionStays() throws IOException {
    byte[] most = new byte[KvLimits.MEMBER_BYTES_MAX];
    byte[] more = new byte[KvLimits.MEMBER_BYTES_MAX + 1];
    Arrays.fill(most, (byte) 'm');
    assertThat(client.ask("POST", "/sadd?tb=s", most).status()).isEqualTo(200);
    assertThat(client.ask("POST", "/zadd?tb=z&score=1", most).status()).isEqualTo(200);
    for (String path : new String[] {"/sadd?tb=s", "/sismember?tb=s", "/zadd?tb=z&score=1"}) {
      Response refused = client.ask("POST", path, more);
      assertThat(refused.status()).as(path).isEqualTo(400);
      assertThat(refused.header("Error")).isEqualTo("too-long:member");
      assertThat(refused.header("Connection")).isEqualTo("keep-alive");
    }
  }

  @Test
  void tablesAreOfOneKindUntilTheyAreEmpty() throws IOException {
    post("/sadd?tb=t", "m");
    assert404(get("/hset?tb=t&key=m&val=x"), "0", "wrong-kind");
    assert404(get("/hget?tb=t&key=m"), "0", "wrong-kind");
    assert404(get("/hdel?tb=t&key=m"), "0", "wrong-kind");
    assert404(get("/hincrby?tb=t&key=m&val=1"), "", "wrong-kind");
    assert404(get("/zadd?tb=t&key=m&score=1"), "0", "wrong-kind");
    assert404(get("/zscore?tb=t&key=m"), "0", "wrong-kind");
    assert404(get("/zrangebyrank?tb=t&offset=0&size=1"), "0", "wrong-kind");
    assert404(get("/zrangebyscore?tb=t&min=0&max=1&offset=0&size=1"), "0", "wrong-kind");
    post("/srem?tb=t", "m");
    assertOk(get("/hset?tb=t&key=m&val=x"), "1", "");
    assert404(post("/sismember?tb=t", "m"), "0", "wrong-kind");
  }

  @Test
  void tableNamesAreLettersDigitsAndThreeSigns() throws IOException {
    String longest = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_:";
    assertOk(get("/hset?tb=" + longest + "&key=k&val=x"), "1", "");
    for (String bad : new String[] {longest + ".", "a-b", "a%20b", "%61", "\u00e4", "a+b"}) {
      assert404(get("/hset?tb=" + bad + "&key=k&val=x"), "0", "malformed-parameter:tb");
    }
  }

  @Test
  void readsAreAsFreshAsAskedFor() throws IOException {
    get("/zadd?tb=z&score=1&key=m");
    for (String target :
        new String[] {
          "/hget?tb=h&key=k",
          "/hexist?tb=h&key=k",
          "/zscore?tb=z&key=m",
          "/zismember?tb=z&key=m",
          "/zrangebyrank?tb=z&offset=0&size=1",
          "/zrangebyscore?tb=z&min=0&max=1&offset=0&size=1"
        }) {
      Response local = get(target + "&consistency=local");
      assertThat(local.header("Raft-Applied")).as(target).isEqualTo("1");
      get(target + "&consistency=linearizable");
      assertThat(server.store.lastOptions().consistency()).isEqualTo(ReadConsistency.LINEARIZABLE);
      get(target);
      assertThat(server.store.lastOptions().consistency()).isEqualTo(ReadConsistency.LEASE);
      assertThat(server.store.lastOptions().staleFallback()).isTrue();
    }
    server.store.answerStale();
    Response stale = get("/zrangebyrank?tb=z&offset=0&size=1");
    assertThat(stale.header("Stale")).isEqualTo("true");
    assertThat(stale.header("Keys")).isEqualTo("1");
  }

  @Test
  void writesCarryTheIdempotencyKey() throws IOException {
    for (String target :
        new String[] {
          "/hset?tb=h&key=k&val=x", "/hincrby?tb=h&key=n&val=1", "/zadd?tb=z&score=1&key=m"
        }) {
      client.ask("GET", target, "Idempotency-Key: " + target);
      assertThat(server.store.lastOptions().idempotencyKey())
          .hasValueSatisfying(key -> assertThat(key.toUtf8()).isEqualTo(target));
    }
  }
}
