package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The original's published single-shot test actions (contract 8.2), each as its script asks and
 * judges it; the actions in an order in which each finds what it needs.
 */
final class TestActions {
  private static final String KEY = "key=hustdbhakey";
  private static final String VALUE = "hustdbhavalue";
  private static final String HASH = "tb=hustdbhahashtb&key=hustdbhahashkey";
  private static final String HASH_VALUE = "hustdbhahashvalue";
  private static final String SET = "tb=hustdbhasettb";
  private static final String MEMBER = "hustdbhasetkey";
  private static final String SORTED_SET = "tb=hustdbhazsettb";
  private static final String SORTED_MEMBER = "hustdbhazsetkey";
  private static final List<String> WRITTEN = List.of("Sync", "Fail");

  private final HustdbClient client;
  private final List<HttpReply.Header> headers;
  private int passed;

  /** Actions through {@code client}, with credentials if there are any. */
  TestActions(HustdbClient client, Optional<String> credentials) {
    this.client = client;
    this.headers = credentials.map(TestActions::basic).stream().toList();
  }

  /** Plays all of them; returns how many passed, which is all or this throws. */
  int play() throws IOException {
    keys();
    hashes();
    sets();
    sortedSets();
    cachedKeys();
    cachedHashes();
    service();
    return passed;
  }

  /** Whether the credentials are accepted. */
  boolean admitted() throws IOException {
    return client.request("GET", "/peer_count", headers, new byte[0]).status() == 200;
  }

  private void keys() throws IOException {
    pass("put", "POST", "/put?" + KEY, VALUE);
    body("get", "GET", "/get?" + KEY, "", VALUE);
    compared("get2", "GET", "/get2?" + KEY, "", VALUE);
    pass("exist", "GET", "/exist?" + KEY, "");
    pass("del", "GET", "/del?" + KEY, "");
  }

  private void hashes() throws IOException {
    pass("hset", "POST", "/hset?" + HASH, HASH_VALUE);
    body("hget", "GET", "/hget?" + HASH, "", HASH_VALUE);
    compared("hget2", "GET", "/hget2?" + HASH, "", HASH_VALUE);
    pass("hexist", "GET", "/hexist?" + HASH, "");
    pass("hdel", "GET", "/hdel?" + HASH, "");
    pass("hincrby: hset", "GET", "/hset?" + HASH + "&val=5", "");
    body("hincrby", "GET", "/hincrby?" + HASH + "&val=1", "", "6");
  }

  private void sets() throws IOException {
    pass("sadd", "POST", "/sadd?" + SET, MEMBER);
    pass("sismember", "POST", "/sismember?" + SET, MEMBER);
    compared("sismember2", "POST", "/sismember2?" + SET, MEMBER, "");
    pass("srem", "POST", "/srem?" + SET, MEMBER);
  }

  private void sortedSets() throws IOException {
    pass("zadd", "POST", "/zadd?" + SORTED_SET + "&score=60", SORTED_MEMBER);
    pass("zismember", "POST", "/zismember?" + SORTED_SET, SORTED_MEMBER);
    body("zscore", "POST", "/zscore?" + SORTED_SET, SORTED_MEMBER, "60");
    compared("zscore2", "POST", "/zscore2?" + SORTED_SET, SORTED_MEMBER, "60");
    pass("zrem", "POST", "/zrem?" + SORTED_SET, SORTED_MEMBER);
  }

  private void cachedKeys() throws IOException {
    pass("cache_put", "POST", "/cache/put?" + KEY, VALUE);
    pass("cache_append", "POST", "/cache/append?" + KEY, VALUE);
    pass("cache_exist", "GET", "/cache/exist?" + KEY, "");
    body("cache_get", "GET", "/cache/get?" + KEY, "", VALUE + VALUE);
    pass("cache_expire", "POST", "/cache/expire?" + KEY + "&ttl=50", "");
    HttpReply ttl = pass("cache_ttl", "GET", "/cache/ttl?" + KEY, "");
    assertThat(Integer.parseInt(ttl.text())).as("ttl").isBetween(1, 50);
    pass("cache_persist", "GET", "/cache/persist?" + KEY, "");
    body("cache_ttl", "GET", "/cache/ttl?" + KEY, "", "-1");
    pass("cache_del", "POST", "/cache/del?" + KEY, "");
  }

  private void cachedHashes() throws IOException {
    pass("cache_hset", "POST", "/cache/hset?" + HASH, HASH_VALUE);
    pass("cache_hexist", "GET", "/cache/hexist?" + HASH, "");
    body("cache_hget", "GET", "/cache/hget?" + HASH, "", HASH_VALUE);
    for (Map.Entry<String, String> sum :
        Map.of("hincrby", "5 10", "hincrbyfloat", "5.125 10.25").entrySet()) {
      String number = sum.getValue().split(" ")[0];
      pass("cache_hset", "GET", "/cache/hset?" + HASH + "&val=" + number, "");
      pass("cache", "GET", "/cache/" + sum.getKey() + "?" + HASH + "&val=" + number, "");
      body(sum.getKey(), "GET", "/cache/hget?" + HASH, "", sum.getValue().split(" ")[1]);
    }
    pass("cache_hdel", "POST", "/cache/hdel?" + HASH, "");
  }

  private void service() throws IOException {
    int peers = Integer.parseInt(pass("stat_all", "GET", "/peer_count", "").text());
    for (int peer = 0; peer < peers; peer++) {
      pass("stat_all", "GET", "/stat_all?peer=" + peer, "");
    }
    pass("sync_status", "GET", "/sync_status", "");
    body("sync_alive", "GET", "/sync_alive", "", "ok\n");
    pass("get_table", "GET", "/get_table", "");
  }

  private HttpReply pass(String action, String method, String target, String body)
      throws IOException {
    byte[] sent = body.getBytes(StandardCharsets.US_ASCII);
    HttpReply reply = client.request(method, target, headers, sent);
    assertThat(reply.status()).as("%s: %s", action, reply).isEqualTo(200);
    for (String header : WRITTEN) {
      assertThat(reply.header(header))
          .as("%s %s", action, header.toLowerCase(Locale.ROOT))
          .isEmpty();
    }
    passed++;
    return reply;
  }

  private void body(String action, String method, String target, String body, String expected)
      throws IOException {
    assertThat(pass(action, method, target, body).text()).as(action).isEqualTo(expected);
  }

  /** The script takes equal copies from a {@code Version}, unequal ones from two. */
  private void compared(String action, String method, String target, String body, String expected)
      throws IOException {
    HttpReply reply = pass(action, method, target, body);
    assertThat(reply.header("Version")).as(action).isPresent();
    assertThat(reply.header("Version1")).as(action).isEmpty();
    assertThat(reply.text()).as(action).isEqualTo(expected);
  }

  private static HttpReply.Header basic(String credentials) {
    byte[] bytes = credentials.getBytes(StandardCharsets.UTF_8);
    String value = "Basic " + Base64.getEncoder().encodeToString(bytes);
    return new HttpReply.Header("Authorization", value);
  }
}
