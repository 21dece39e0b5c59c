package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Leadership follows the slot table, under writes. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class SlotTableIT {
  private static final String NAME = "slot-table";
  private static final String GROUP = "data-0";
  private static final int WRITERS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final byte[] NOTHING = new byte[0];

  @TempDir Path directory;

  @Test
  void leadershipFollowsTheTableAndReturnsAfterARestart() throws Exception {
    TableKey keys = new TableKey();
    ClusterSpec spec = keys.knownIn(ClusterSpec.threeNodes(), directory);
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      AcknowledgedWrites writes = new AcknowledgedWrites("table-");
      try (RunningClients clients = new RunningClients(WRITERS)) {
        for (int i = 0; i < WRITERS; i++) {
          clients.add(i, number -> writes.write(cluster, number, clients::stopped));
        }
        awaitLeader(cluster, 0);
        PlainHttp http = new PlainHttp(cluster);
        long before = System.nanoTime();
        assertThat(set(cluster, http, keys, 1, 0)).isEqualTo(200);
        awaitLeader(cluster, 1);
        say("the table's leader leads after", before);
        assertThat(
                new String(
                    http.ask(2, "GET", "/get_table", "", NOTHING).body(), StandardCharsets.UTF_8))
            .containsSubsequence(host(cluster, 1), host(cluster, 0));
        cluster.kill(1);
        int heir = awaitAnotherLeader(cluster, 1);
        assertThat(heir).isNotEqualTo(1);
        long killed = System.nanoTime();
        cluster.start(1);
        awaitLeader(cluster, 1);
        say("leadership returned after the restart began", killed);
        clients.stop(LIMIT);
      }
      for (int i = 0; i < cluster.size(); i++) {
        writes.assertAllReadable(cluster, i);
      }
      TestSettings.say(NAME, writes.count() + " writes, " + cluster.awaitEqualReplicas());
    }
  }

  private static void say(String what, long sinceNanos) {
    long millis = Duration.ofNanos(System.nanoTime() - sinceNanos).toMillis();
    TestSettings.say(NAME, what + " " + millis + " ms");
  }

  private static void awaitLeader(ProcessCluster cluster, int node) {
    Await.until(
        "node " + node + " leads",
        LIMIT,
        () -> cluster.leader(GROUP).filter(leader -> leader == node).isPresent(),
        cluster::logs);
  }

  private static int awaitAnotherLeader(ProcessCluster cluster, int node) {
    Await.until(
        "another node leads",
        LIMIT,
        () -> cluster.leader(GROUP).filter(leader -> leader != node).isPresent(),
        cluster::logs);
    return cluster.leader(GROUP).orElseThrow();
  }

  /** Asks one node for an id and redeems it at another. */
  private static int set(
      ProcessCluster cluster, PlainHttp http, TableKey keys, int first, int second)
      throws IOException, InterruptedException, GeneralSecurityException {
    HttpResponse<byte[]> issued = http.ask(2, "POST", "/set_table", "", NOTHING);
    assertThat(issued.statusCode()).isEqualTo(200);
    String id = keys.id(issued.body());
    String table =
        "{\"table\":[{\"item\":{\"key\":[0,1024],\"val\":[\"%s\",\"%s\"]}}]}"
            .formatted(host(cluster, first), host(cluster, second));
    return http.status(0, "POST", "/set_table?id=" + id, "", table);
  }

  private static String host(ProcessCluster cluster, int node) {
    InetSocketAddress http = cluster.node(node).http();
    return http.getHostString() + ":" + http.getPort();
  }
}
