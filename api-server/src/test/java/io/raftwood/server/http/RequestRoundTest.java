package io.raftwood.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.server.http.RawClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The request round of the original's test script (contract 8.1, rows 1 to 15). */
class RequestRoundTest {
  private static final int ROUNDS = 20;
  private static final int KEYS = 30;
  private static final String HASH = "tb=hustdbhahashtbloop";
  private static final String SET = "tb=hustdbhasettbloop";
  private static final String SORTED_SET = "tb=hustdbhazsettbloop";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyRoundPasses(boolean strict) throws IOException {
    HustdbDialect dialect = strict ? HustdbDialect.STRICT : HustdbDialect.DEFAULT;
    try (TestServer server = new TestServer(TestServer.settings().with(dialect));
        RawClient client = server.connect()) {
      for (int round = 0; round < ROUNDS; round++) {
        for (int i = 1; i <= KEYS; i++) {
          round(client, i);
        }
      }
    }
  }

  private static void round(RawClient client, int i) throws IOException {
    String key = "hustdbhakey" + i;
    String value = "hustdbhaval" + i;
    written(client, "POST", "/put?key=" + key, value);
    assertThat(client.ask("GET", "/get?key=" + key).text()).isEqualTo(value);
    written(client, "GET", "/del?key=" + key, "");
    absent(client, "GET", "/exist?key=" + key, "");
    written(client, "POST", "/hset?" + HASH + "&key=" + key, value);
    assertThat(client.ask("GET", "/hget?" + HASH + "&key=" + key).text()).isEqualTo(value);
    written(client, "GET", "/hdel?" + HASH + "&key=" + key, "");
    absent(client, "GET", "/hexist?" + HASH + "&key=" + key, "");
    written(client, "POST", "/sadd?" + SET, key);
    written(client, "POST", "/srem?" + SET, key);
    absent(client, "POST", "/sismember?" + SET, key);
    written(client, "POST", "/zadd?" + SORTED_SET + "&score=" + i, key);
    Response score = client.ask("POST", "/zscore?" + SORTED_SET, bytes(key));
    assertThat(score.status()).isEqualTo(200);
    assertThat(Integer.parseInt(score.text())).isEqualTo(i);
    written(client, "POST", "/zrem?" + SORTED_SET, key);
    absent(client, "POST", "/zismember?" + SORTED_SET, key);
  }

  private static void written(RawClient client, String method, String target, String body)
      throws IOException {
    Response response = client.ask(method, target, bytes(body));
    assertThat(response.status()).as(target).isEqualTo(200);
    assertThat(response.headers()).as(target).doesNotContainKey("sync");
    assertThat(response.header("Version")).as(target).isEqualTo("1");
  }

  private static void absent(RawClient client, String method, String target, String body)
      throws IOException {
    assertThat(client.ask(method, target, bytes(body)).status()).as(target).isEqualTo(404);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
