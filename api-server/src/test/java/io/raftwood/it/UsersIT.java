package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Users are the cluster's: made at one node, known at each, and kept. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class UsersIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final ClusterSpec SPEC =
      ClusterSpec.threeNodes().with("auth.enabled", "true").with("auth.iterations", "20000");
  private static final String ALICE = "alice:first-secret";
  private static final String BOB = "bob:second-secret";
  private static final String NEW_BOB = "bob:third-secret";

  @TempDir Path directory;

  @Test
  void usersMadeAtOneNodeWorkAtEachAndSurviveRestarts() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(SPEC, directory)) {
      PlainHttp http = new PlainHttp(cluster);
      for (int i = 0; i < cluster.size(); i++) {
        assertThat(http.status(i, "GET", "/get?key=k", "", "")).isEqualTo(401);
        assertThat(http.status(i, "GET", "/version", "", "")).isEqualTo(200);
      }
      assertThat(put(http, 0, "", "name=alice&roles=read,write,admin", "first-secret"))
          .isEqualTo(200);
      // The node that made a user knows it at once.
      assertThat(http.status(0, "GET", "/put?key=k&val=1", ALICE, "")).isEqualTo(200);
      awaitEverywhere(cluster, http, ALICE, 200);
      assertThat(put(http, 1, "", "name=eve&roles=admin", "x")).isEqualTo(401);
      assertThat(put(http, 1, ALICE, "name=bob&roles=read", "second-secret")).isEqualTo(200);
      awaitEverywhere(cluster, http, BOB, 200);
      assertThat(http.status(2, "GET", "/put?key=k&val=2", BOB, "")).isEqualTo(403);
      assertThat(put(http, 2, ALICE, "name=bob&rule=password", "third-secret")).isEqualTo(200);
      awaitEverywhere(cluster, http, BOB, 401);
      awaitEverywhere(cluster, http, NEW_BOB, 200);
      cluster.killAll();
      for (int i = 0; i < cluster.size(); i++) {
        cluster.kill(i);
      }
      cluster.startAll();
      awaitEverywhere(cluster, http, ALICE, 200);
      awaitEverywhere(cluster, http, NEW_BOB, 200);
      awaitEverywhere(cluster, http, BOB, 401);
      nothingIsLogged(cluster);
    }
  }

  private static int put(PlainHttp http, int node, String as, String query, String password)
      throws IOException, InterruptedException {
    return http.status(node, "POST", "/admin/users/put?" + query, as, password);
  }

  private static void awaitEverywhere(
      ProcessCluster cluster, PlainHttp http, String credentials, int status) {
    for (int i = 0; i < cluster.size(); i++) {
      int node = i;
      Await.until(
          credentials + " gets " + status + " at node " + i,
          LIMIT,
          () -> http.status(node, "GET", "/get?key=k", credentials, "") == status,
          cluster::logs);
    }
  }

  private static void nothingIsLogged(ProcessCluster cluster) {
    for (int i = 0; i < cluster.size(); i++) {
      String log = String.join("\n", cluster.node(i).logLines());
      for (String secret : List.of("first-secret", "second-secret", "third-secret", "Basic ")) {
        assertThat(log).doesNotContain(secret);
      }
    }
  }
}
