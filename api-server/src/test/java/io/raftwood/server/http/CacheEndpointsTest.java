package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.cache.CacheLimits;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The endpoints of the cache in default mode. */
class CacheEndpointsTest {
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
    return client.ask("GET", "/cache/" + target);
  }

  private Response post(String target, String body) throws IOException {
    return client.ask("POST", "/cache/" + target, body.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void ok(Response response, String body) {
    assertThat(response.status()).as(response.header("Error")).isEqualTo(200);
    assertThat(response.headers()).doesNotContainKeys("version", "fail", "error");
    assertThat(response.text()).isEqualTo(body);
  }

  /** The contract's 404V. */
  private static void refusedV(Response response, String error) {
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.header("Version")).isEqualTo("0");
    assertThat(response.header("Error")).isEqualTo(error);
  }

  /** The contract's 404N. */
  private static void refusedN(Response response, String error) {
    assertThat(response.status()).isEqualTo(404);
    assertThat(response.headers()).doesNotContainKey("version");
    assertThat(response.header("Error")).isEqualTo(error);
  }

  private static void refused400(Response response, String error) {
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.header("Error")).isEqualTo(error);
  }

  @Test
  void keysComeAndGo() throws IOException {
    refusedV(get("get?key=a"), "not-found");
    ok(post("put?key=a%20b&val=query", "body"), "");
    ok(get("get?key=a%20b"), "body");
    ok(get("exist?key=%61%20b"), "");
    ok(get("append?key=a%20b&val=+more"), "");
    ok(get("get?key=a%20b"), "body+more");
    ok(post("append?key=new", "created"), "");
    ok(get("get?key=new"), "created");
    ok(post("del?key=new", ""), "");
    refusedN(get("del?key=new"), "not-found");
    refusedV(get("exist?key=new"), "not-found");
  }

  @Test
  void expiriesAreSetShownAndTakenAway() throws IOException {
    ok(get("put?key=a&val=x&ttl=10"), "");
    ok(get("ttl?key=a"), "10");
    server.cache.passTime(1400);
    ok(get("ttl?key=a"), "9");
    ok(get("append?key=a&val=y"), "");
    ok(get("ttl?key=a"), "9");
    ok(get("persist?key=a"), "");
    ok(get("ttl?key=a"), "-1");
    refusedN(get("persist?key=a"), "no-expiry");
    ok(get("expire?key=a&ttl=5"), "");
    server.cache.passTime(5000);
    refusedV(get("get?key=a"), "not-found");
    refusedV(get("ttl?key=a"), "not-found");
    refusedN(get("expire?key=a&ttl=5"), "not-found");
    refusedN(get("persist?key=a"), "not-found");
    ok(get("put?key=a&val=x&ttl=5"), "");
    ok(get("put?key=a&val=x"), "");
    ok(get("ttl?key=a"), "-1");
    ok(get("put?key=a&val=x&ttl=99999999999999999"), "");
    ok(get("ttl?key=a"), Long.toString(CacheLimits.TTL_SECONDS_MAX));
  }

  @Test
  void timesToLiveAreReadStrictly() throws IOException {
    ok(get("put?key=a&val=x"), "");
    for (String ttl :
        new String[] {"0", "-1", "abc", "1.5", "5x", "%205", "99999999999999999999"}) {
      refusedN(get("expire?key=a&ttl=" + ttl), "malformed-parameter:ttl");
      refusedN(get("put?key=a&val=x&ttl=" + ttl), "malformed-parameter:ttl");
    }
    refusedV(get("expire?key=a"), "missing-parameter:ttl");
  }

  @Test
  void hashesComeAndGo() throws IOException {
    ok(post("hset?tb=any%20bytes!&key=f", "v"), "");
    ok(get("hget?tb=any%20bytes!&key=f"), "v");
    ok(get("hexist?tb=any%20bytes!&key=f"), "");
    ok(get("exist?key=any%2520bytes!"), "");
    ok(get("expire?key=any%2520bytes!&ttl=7"), "");
    ok(get("ttl?key=any%2520bytes!"), "7");
    refusedV(get("get?key=any%2520bytes!"), "wrong-kind");
    refusedN(get("append?key=any%2520bytes!&val=x"), "wrong-kind");
    ok(get("hdel?tb=any%20bytes!&key=f"), "");
    refusedN(get("hdel?tb=any%20bytes!&key=f"), "not-found");
    refusedV(get("exist?key=any%2520bytes!"), "not-found");
  }

  @Test
  void aPlainKeyTakesTheNameOfAHashAndRefusesFields() throws IOException {
    ok(get("hset?tb=n&key=f&val=v"), "");
    ok(get("put?key=n&val=plain"), "");
    refusedN(get("hset?tb=n&key=f&val=v"), "wrong-kind");
    refusedN(get("hdel?tb=n&key=f"), "wrong-kind");
    refusedN(get("hincrby?tb=n&key=f&val=1"), "wrong-kind");
    refusedV(get("hget?tb=n&key=f"), "wrong-kind");
    ok(get("del?key=n"), "");
    refusedV(get("hget?tb=n&key=f"), "not-found");
  }

  @Test
  void numbersAreAdded() throws IOException {
    ok(get("hincrby?tb=t&key=n&val=5"), "5");
    ok(get("hincrby?tb=t&key=n&val=-7"), "-2");
    ok(get("hincrbyfloat?tb=t&key=n&val=5.125"), "3.125");
    ok(get("hget?tb=t&key=n"), "3.125");
    refusedN(get("hincrby?tb=t&key=n&val=1"), "not-a-number");
    refusedN(get("hincrby?tb=t&key=x&val=1.5"), "malformed-parameter:val");
    refusedN(get("hincrbyfloat?tb=t&key=x&val=nan"), "malformed-parameter:val");
    refusedN(get("hincrbyfloat?tb=t&key=x&val=inf"), "malformed-parameter:val");
    ok(get("hset?tb=t&key=most&val=9223372036854775807"), "");
    refusedN(get("hincrby?tb=t&key=most&val=1"), "out-of-range");
    refusedV(get("hincrby?tb=t&key=x"), "missing-parameter:val");
    refusedN(get("hincrby?tb=t&key=x&val="), "malformed-parameter:val");
    refusedV(get("hincrbyfloat?key=x&val=1"), "missing-parameter:tb");
  }

  @Test
  void whatIsMissingIsSaidWithTheContractsStatus() throws IOException {
    for (String read : new String[] {"get", "exist", "ttl", "hget?tb=t", "hexist?tb=t"}) {
      refused400(get(read), "missing-parameter:key");
    }
    refused400(get("hget?key=f"), "missing-parameter:tb");
    for (String write : new String[] {"put?val=x", "append?val=x", "del", "expire?ttl=5"}) {
      refusedV(get(write), "missing-parameter:key");
    }
    refusedV(get("hset?key=f&val=x"), "missing-parameter:tb");
    refusedN(get("put?key=a"), "missing-parameter:val");
    refusedN(post("append?key=a", ""), "missing-parameter:val");
    refusedN(post("hset?tb=t&key=a", ""), "missing-parameter:val");
  }

  @Test
  void failNamesTheFirstLaggingNodeOfSuccessfulWritesAlone() throws IOException {
    server.cache.lag("h2:8082", "h3:8082");
    Response put = get("put?key=a&val=x");
    assertThat(put.status()).isEqualTo(200);
    assertThat(put.header("Fail")).isEqualTo("h2:8082");
    assertThat(put.headers()).doesNotContainKeys("version", "sync");
    ok(get("get?key=a"), "x");
    assertThat(get("del?key=missing").headers()).doesNotContainKey("fail");
    server.cache.lag();
    ok(get("put?key=a&val=x"), "");
  }

  @Test
  void valuesAreBounded() throws IOException {
    byte[] most = new byte[CacheLimits.VALUE_BYTES_MAX];
    assertThat(client.ask("POST", "/cache/put?key=big", most).status()).isEqualTo(200);
    refusedN(get("append?key=big&val=x"), "too-long:val");
    byte[] more = new byte[CacheLimits.VALUE_BYTES_MAX + 1];
    refusedN(client.ask("POST", "/cache/put?key=big", more), "too-long:val");
  }

  @Test
  void failuresOfTheClusterAreRefusalsOrUnknown() throws IOException {
    server.cache.failWith(new GroupUnavailableException("gone"));
    refusedV(get("get?key=a"), "no-quorum");
    refusedN(get("put?key=a&val=x"), "no-quorum");
    server.cache.failWith(new OverloadedException("full"));
    refusedN(get("put?key=a&val=x"), "overloaded");
    server.cache.failWith(new OutcomeUnknownException("late"));
    refusedN(get("put?key=a&val=x"), "outcome-unknown");
  }

  @Test
  void tablesOfReadsAreRestrictedInStrictModeOnly() throws IOException {
    ok(get("hset?tb=a-b&key=f&val=v"), "");
    ok(get("hget?tb=a-b&key=f"), "v");
    try (TestServer strict = new TestServer(TestServer.settings().with(HustdbDialect.STRICT))) {
      assertThat(strict.ask("GET", "/cache/hset?tb=a-b&key=f&val=v").status()).isEqualTo(200);
      refused400(strict.ask("GET", "/cache/hget?tb=a-b&key=f"), "malformed-parameter:tb");
    }
  }

  @Test
  void pathsBelowTheCacheThatAreNoneAreRefused() throws IOException {
    assertThat(client.ask("GET", "/cache").status()).isEqualTo(404);
    refused400(get("getx?key=a"), "unknown-path");
  }
}
