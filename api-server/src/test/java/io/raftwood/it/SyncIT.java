package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients are told while nodes are down (issue 4, acceptance 2). */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class SyncIT {
  private static final String NAME = "sync";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration CAUGHT_UP = Duration.ofSeconds(10);
  private static final int OWED = 50;
  private static final byte[] NO_BODY = new byte[0];

  @TempDir Path directory;

  @Test
  void writesNameTheNodeThatIsDownAndReadsGoOn() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(ClusterSpec.threeNodes(), directory)) {
      assertThat(put(cluster, 0, 0).header("Sync")).isEmpty();
      int down = (cluster.awaitLeader("data-0") + 1) % cluster.size();
      int asked = (down + 1) % cluster.size();
      int other = (down + 2) % cluster.size();
      String address = "127.0.0.1:" + cluster.node(down).httpPort();
      cluster.kill(down);
      for (int node : new int[] {asked, other}) {
        Await.until(
            "writes name " + address,
            LIMIT,
            () -> put(cluster, node, 1).header("Sync").orElse("").equals(address),
            cluster::logs);
      }
      for (int i = 0; i < OWED; i++) {
        HttpReply reply = put(cluster, i % 2 == 0 ? asked : other, i);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Sync")).contains(address);
        assertThat(reply.header("Version")).isPresent();
        assertThat(ask(cluster, asked, "GET", "/get?key=k" + i).status()).isEqualTo(200);
        assertThat(ask(cluster, asked, "GET", "/get2?key=k" + i).status()).isEqualTo(200);
      }
      Await.until(
          "what is owed is counted",
          LIMIT,
          () -> items(cluster, asked, address, "processed_items") >= OWED,
          cluster::logs);
      assertThat(items(cluster, asked, address, "synced_items")).isZero();

      cluster.start(down);
      long ready = System.nanoTime();
      Await.until(
          "Sync is gone",
          CAUGHT_UP,
          () ->
              put(cluster, asked, 2).header("Sync").isEmpty()
                  && put(cluster, other, 2).header("Sync").isEmpty(),
          cluster::logs);
      long millis = Duration.ofNanos(System.nanoTime() - ready).toMillis();
      Await.until(
          "all is delivered",
          CAUGHT_UP,
          () ->
              items(cluster, asked, address, "synced_items")
                  == items(cluster, asked, address, "processed_items"),
          cluster::logs);
      TestSettings.say(
          NAME,
          "Sync gone "
              + millis
              + " ms after the node was ready; owed and delivered "
              + items(cluster, asked, address, "synced_items"));
      assertThat(ask(cluster, down, "GET", "/sync_alive").text()).isEqualTo("ok\n");
    }
  }

  @Test
  void withTwoNodesDownWritesAreRefusedAndPlainReadsAreStale() throws Exception {
    ClusterSpec spec = ClusterSpec.threeNodes().with("http.request-timeout", "6s");
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      put(cluster, 0, 0);
      cluster.awaitEqualReplicas();
      int left = (cluster.awaitLeader("data-0") + 1) % cluster.size();
      for (int node = 0; node < cluster.size(); node++) {
        if (node != left) {
          cluster.kill(node);
        }
      }
      long begin = System.nanoTime();
      HttpReply refused = put(cluster, left, 0);
      long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();
      assertThat(refused.status()).isEqualTo(404);
      assertThat(refused.header("Version")).contains("0");
      assertThat(refused.header("Error")).contains("no-quorum");
      assertThat(millis).isLessThan(8_000);
      HttpReply read = ask(cluster, left, "GET", "/get?key=k0");
      assertThat(read.status()).isEqualTo(200);
      assertThat(read.text()).isEqualTo("v");
      assertThat(read.header("Stale")).contains("true");
      HttpReply compared = ask(cluster, left, "GET", "/get2?key=k0");
      assertThat(compared.status()).isEqualTo(404);
      assertThat(compared.header("Error")).contains("no-quorum");
      TestSettings.say(NAME, "refused after " + millis + " ms, stale read answered");
    }
  }

  private static long items(ProcessCluster cluster, int node, String address, String name)
      throws IOException {
    JSONObject status = JSON.parseObject(ask(cluster, node, "GET", "/sync_status").text());
    return status.getJSONObject("status").getJSONObject(address).getLongValue(name);
  }

  private static HttpReply put(ProcessCluster cluster, int node, int key) throws IOException {
    return ask(cluster, node, "POST", "/put?key=k" + key + "&val=v");
  }

  private static HttpReply ask(ProcessCluster cluster, int node, String method, String target)
      throws IOException {
    try (HustdbClient client = cluster.client(node, TIMEOUT)) {
      return client.request(method, target, NO_BODY);
    }
  }
}
