package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
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

  /** The three forms of the contract, on four nodes and two groups. */
  @Test
  void plainIncreaseAndDecreaseMoveReplicas() throws Exception {
    TableKey keys = new TableKey();
    ClusterSpec four = new ClusterSpec(4, 2, ClusterSpec.threeNodes().settings(), Map.of(), false);
    try (ProcessCluster cluster = ProcessCluster.start(keys.knownIn(four, directory), directory)) {
      PlacementAdmin admin = new PlacementAdmin(cluster);
      String plain = item(0, 512, cluster, 3, 1, "") + "," + item(512, 1024, cluster, 2, 0, "");
      assertThat(apply(cluster, keys, plain)).isEqualTo("200 ");
      awaitPlaced(cluster, admin, List.of("n4", "n2"), List.of("n3", "n1"));
      String increase =
          ",\"increase\":{\"low\":%s,\"high\":%s}"
              .formatted(range(0, 512, cluster, 0, 2), range(512, 1024, cluster, 3, 1));
      assertThat(apply(cluster, keys, item(0, 1024, cluster, 0, 1, increase))).isEqualTo("200 ");
      awaitPlaced(cluster, admin, List.of("n1", "n3"), List.of("n4", "n2"));
      String decrease =
          ",\"decrease\":{\"remove\":\"%s\",\"replace_by\":\"%s\"}"
              .formatted(host(cluster, 0), host(cluster, 1));
      String shrunk =
          item(0, 512, cluster, 0, 2, decrease) + "," + item(512, 1024, cluster, 3, 1, "");
      assertThat(apply(cluster, keys, shrunk)).isEqualTo("200 ");
      awaitPlaced(cluster, admin, List.of("n3", "n2"), List.of("n4", "n2"));
      String across = item(0, 256, cluster, 0, 1, "") + "," + item(256, 1024, cluster, 2, 3, "");
      assertThat(apply(cluster, keys, across)).isEqualTo("400 3");
      TestSettings.say(NAME, admin.groups().values().toString());
    }
  }

  private static void awaitPlaced(
      ProcessCluster cluster, PlacementAdmin admin, List<String> low, List<String> high)
      throws IOException, InterruptedException {
    Map<String, JSONObject> groups = admin.groups();
    assertThat(PlacementAdmin.voters(groups.get("data-0")))
        .hasSize(3)
        .startsWith(low.get(0), low.get(1));
    assertThat(PlacementAdmin.voters(groups.get("data-1")))
        .hasSize(3)
        .startsWith(high.get(0), high.get(1));
    String[] hosts =
        Stream.concat(low.stream(), high.stream())
            .map(name -> host(cluster, cluster.indexOf(name)))
            .toArray(String[]::new);
    byte[] table = new PlainHttp(cluster).ask(1, "GET", "/get_table", "", NOTHING).body();
    assertThat(new String(table, StandardCharsets.UTF_8)).containsSubsequence(hosts);
    admin.awaitSettled(low + " " + high);
    admin.awaitPreferredLeaders();
  }

  /** The answer's status and error code to a table of {@code items}. */
  private static String apply(ProcessCluster cluster, TableKey keys, String items)
      throws IOException, InterruptedException, GeneralSecurityException {
    PlainHttp http = new PlainHttp(cluster);
    String id = keys.id(http.ask(2, "POST", "/set_table", "", NOTHING).body());
    byte[] table = ("{\"table\":[" + items + "]}").getBytes(StandardCharsets.UTF_8);
    HttpResponse<byte[]> answer = http.ask(0, "POST", "/set_table?id=" + id, "", table);
    return answer.statusCode() + " " + answer.headers().firstValue("ErrorCode").orElse("");
  }

  private static String item(
      int start, int end, ProcessCluster cluster, int first, int second, String more) {
    return "{\"item\":" + range(start, end, cluster, first, second) + more + "}";
  }

  private static String range(int start, int end, ProcessCluster cluster, int first, int second) {
    return "{\"key\":[%d,%d],\"val\":[\"%s\",\"%s\"]}"
        .formatted(start, end, host(cluster, first), host(cluster, second));
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
