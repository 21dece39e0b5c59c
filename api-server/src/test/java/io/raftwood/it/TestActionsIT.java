package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The original's test actions pass through each of three nodes, without users and with them. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TestActionsIT {
  private static final String NAME = "test-actions";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String USER = "huststore";
  private static final String CREDENTIALS = USER + ":" + USER;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyActionPassesThroughEachNode(boolean users) throws Exception {
    ClusterSpec spec =
        ClusterSpec.threeNodes()
            .with("auth.enabled", Boolean.toString(users))
            .with("auth.iterations", "1000");
    Optional<String> credentials = Optional.of(CREDENTIALS).filter(some -> users);
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      if (users) {
        addUser(cluster);
      }
      for (int node = 0; node < cluster.size(); node++) {
        try (HustdbClient client = cluster.client(node, TIMEOUT)) {
          awaitAdmitted(client, users);
          int passed = new TestActions(client, credentials).play();
          String name = cluster.node(node).name();
          TestSettings.say(NAME, passed + " passed through " + name + ", users: " + users);
        }
      }
      if (!users) {
        cluster.awaitEqualReplicas();
      }
    }
  }

  private static void addUser(ProcessCluster cluster) throws Exception {
    try (HustdbClient client = cluster.client(0, TIMEOUT)) {
      String target = "/admin/users/put?name=" + USER + "&roles=read,write,admin";
      byte[] password = USER.getBytes(StandardCharsets.US_ASCII);
      HttpReply reply = client.request("POST", target, password);
      assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    }
  }

  /** A user that another node made is known a moment later. */
  private static void awaitAdmitted(HustdbClient client, boolean users) {
    Await.until(
        "the user is known",
        LIMIT,
        () -> !users || new TestActions(client, Optional.of(CREDENTIALS)).admitted());
  }
}
