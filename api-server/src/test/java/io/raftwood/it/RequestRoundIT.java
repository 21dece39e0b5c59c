package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The request round of the original's test script (contract 8.1, rows 1 to 15) through each node.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class RequestRoundIT {
  private static final String NAME = "request-round";
  private static final int ROUNDS = 20;
  private static final int KEYS = 30;
  private static final int CLIENTS = 10;
  private static final int DATA_GROUPS = 3;
  private static final String HASH = "tb=hustdbhahashtbloop";
  private static final String SET = "tb=hustdbhasettbloop";
  private static final String SORTED_SET = "tb=hustdbhazsettbloop";

  @TempDir Path directory;

  @Test
  void everyRoundPassesThroughEachNode() throws Exception {
    ClusterSpec spec = ClusterSpec.threeNodes().withDataGroups(DATA_GROUPS);
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      for (int node = 0; node < cluster.size(); node++) {
        rounds(cluster, node);
        TestSettings.say(NAME, ROUNDS * KEYS + " rounds through " + cluster.node(node).name());
      }
      cluster.awaitEqualReplicas();
    }
  }

  /** Each client has keys of its own: a round expects to find what it left. */
  private static void rounds(ProcessCluster cluster, int node) throws Exception {
    RunningClients.Client looping =
        number -> {
          try (HustdbClient client = cluster.client(node, Duration.ofSeconds(12))) {
            for (int round = 0; round < ROUNDS; round++) {
              for (int i = 1 + number; i <= KEYS; i += CLIENTS) {
                round(client, i);
              }
            }
          }
        };
    try (RunningClients clients = RunningClients.start(CLIENTS, looping)) {
      clients.finish(Duration.ofMinutes(5));
    }
  }

  private static void round(HustdbClient client, int i) throws IOException {
    String key = "hustdbhakey" + i;
    String value = "hustdbhaval" + i;
    written(client, "POST", "/put?key=" + key, value);
    assertThat(ask(client, "GET", "/get?key=" + key, "").text()).isEqualTo(value);
    written(client, "GET", "/del?key=" + key, "");
    absent(client, "GET", "/exist?key=" + key, "");
    written(client, "POST", "/hset?" + HASH + "&key=" + key, value);
    assertThat(ask(client, "GET", "/hget?" + HASH + "&key=" + key, "").text()).isEqualTo(value);
    written(client, "GET", "/hdel?" + HASH + "&key=" + key, "");
    absent(client, "GET", "/hexist?" + HASH + "&key=" + key, "");
    written(client, "POST", "/sadd?" + SET, key);
    written(client, "POST", "/srem?" + SET, key);
    absent(client, "POST", "/sismember?" + SET, key);
    written(client, "POST", "/zadd?" + SORTED_SET + "&score=" + i, key);
    HttpReply score = ask(client, "POST", "/zscore?" + SORTED_SET, key);
    assertThat(score.status()).isEqualTo(200);
    assertThat(score.text()).isEqualTo(Integer.toString(i));
    written(client, "POST", "/zrem?" + SORTED_SET, key);
    absent(client, "POST", "/zismember?" + SORTED_SET, key);
    cached(client, "POST", "/cache/put?key=" + key, value);
    assertThat(ask(client, "GET", "/cache/get?key=" + key, "").text()).isEqualTo(value);
    cached(client, "GET", "/cache/del?key=" + key, "");
    absent(client, "GET", "/cache/exist?key=" + key, "");
    cached(client, "POST", "/cache/hset?" + HASH + "&key=" + key, value);
    assertThat(ask(client, "GET", "/cache/hget?" + HASH + "&key=" + key, "").text())
        .isEqualTo(value);
    cached(client, "GET", "/cache/hdel?" + HASH + "&key=" + key, "");
    absent(client, "GET", "/cache/hexist?" + HASH + "&key=" + key, "");
  }

  private static void written(HustdbClient client, String method, String target, String body)
      throws IOException {
    HttpReply reply = ask(client, method, target, body);
    assertThat(reply.status()).as("%s: %s", target, reply).isEqualTo(200);
    assertThat(reply.header("Sync")).as(target).isEmpty();
    assertThat(reply.header("Version")).as(target).contains("1");
  }

  private static void cached(HustdbClient client, String method, String target, String body)
      throws IOException {
    HttpReply reply = ask(client, method, target, body);
    assertThat(reply.status()).as("%s: %s", target, reply).isEqualTo(200);
    assertThat(reply.header("Fail")).as(target).isEmpty();
  }

  private static void absent(HustdbClient client, String method, String target, String body)
      throws IOException {
    assertThat(ask(client, method, target, body).status()).as(target).isEqualTo(404);
  }

  private static HttpReply ask(HustdbClient client, String method, String target, String body)
      throws IOException {
    return client.request(method, target, body.getBytes(StandardCharsets.US_ASCII));
  }
}
