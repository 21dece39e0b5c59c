package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three nodes become five and three again while clients read and write, and the node that carries
 * the changes out is killed in the middle of each.
 */
class MembershipIT {
  private static final String NAME = "membership";
  private static final int CLIENTS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final long BEFORE_NANOS = Duration.ofSeconds(8).toNanos();
  private static final long AFTER_NANOS = Duration.ofSeconds(15).toNanos();
  private static final long MOMENT_NANOS = Duration.ofMillis(700).toNanos();
  private static final long SAMPLE_NANOS = Duration.ofMillis(100).toNanos();
  private static final int EXIT_REFUSED = 4;

  @TempDir Path directory;

  private final Queue<Long> leaderChanges = new ConcurrentLinkedQueue<>();
  private ProcessCluster cluster;
  private PlacementAdmin admin;

  @Test
  void nodesComeAndGoUnderLoad() throws Exception {
    ClusterSpec spec = ClusterSpec.threeNodes().withDataGroups(3);
    try (ProcessCluster started = ProcessCluster.start(spec, directory)) {
      cluster = started;
      admin = new PlacementAdmin(cluster);
      RetryingLoad load = new RetryingLoad(cluster);
      try (RunningClients clients = new RunningClients(CLIENTS + 1)) {
        for (int i = 0; i < CLIENTS; i++) {
          clients.add(i, number -> load.run(number, clients::stopped));
        }
        clients.add(CLIENTS, number -> watchLeaders(clients));
        threeToFive();
        clients.rethrowFailure();
        replaceADeadNode();
        clients.rethrowFailure();
        drainAndRemoveALeader();
        balance();
        clients.stop(LIMIT);
      }
      awaitEqualReplicas();
      load.assertAllReadable(awaitMetaLeader());
      TestSettings.say(NAME, load.summary() + ", " + leaderChanges.size() + " leader changes");
      assertThat(load.failures()).allMatch(this::nearALeaderChange);
    }
  }

  private void threeToFive() throws Exception {
    for (int i = 0; i < 2; i++) {
      int number = cluster.prepareNode(directory);
      NodeFiles files = cluster.node(number);
      cluster.launch(number);
      assertThat(cluster.process(number).awaitExit(LIMIT)).isEqualTo(EXIT_REFUSED);
      assertThat(files.logLines())
          .anyMatch(line -> line.contains("admin nodes add " + files.name()));
      admin.change(
          "nodes/add?node=%s&http=127.0.0.1:%d&raft=127.0.0.1:%d"
              .formatted(files.name(), files.httpPort(), files.raftPort()));
      cluster.launch(number);
      killMetaLeaderForAMoment();
      cluster.awaitReady(number);
    }
    admin.awaitSettled("five nodes");
    assertThat(PlacementAdmin.voters(admin.groups().get("meta"))).hasSize(5);
    awaitAllReady();
    admin.change("groups/spread");
    killMetaLeaderForAMoment();
    admin.awaitSettled("spread over five nodes");
  }

  /** The dead one is neither the placement's leader nor comes back. */
  private void replaceADeadNode() throws Exception {
    awaitAllReady();
    int dead = anyBut(awaitMetaLeader());
    String name = cluster.node(dead).name();
    cluster.kill(dead);
    leaderChanges.add(System.nanoTime());
    int next = cluster.prepareNode(directory);
    NodeFiles files = cluster.node(next);
    admin.change(
        "nodes/add?node=%s&http=127.0.0.1:%d&raft=127.0.0.1:%d"
            .formatted(files.name(), files.httpPort(), files.raftPort()));
    cluster.start(next);
    admin.change("nodes/replace?node=" + name + "&by=" + files.name());
    killMetaLeaderForAMoment();
    admin.awaitSettled("replaced " + name);
    awaitAllReady();
    admin.change("nodes/remove?node=" + name);
    killMetaLeaderForAMoment();
    admin.awaitNodes(5);
    cluster.launch(dead);
    assertThat(cluster.process(dead).awaitExit(LIMIT)).isEqualTo(EXIT_REFUSED);
    assertThat(cluster.node(dead).logLines())
        .anyMatch(line -> line.contains("'" + name + "' was removed from cluster"));
  }

  private void drainAndRemoveALeader() throws Exception {
    for (int left = 4; left >= 3; left--) {
      int leader = cluster.awaitLeader("data-" + (left - 3));
      String name = cluster.node(leader).name();
      awaitAllReady();
      admin.change("nodes/drain?node=" + name);
      killMetaLeaderForAMoment();
      admin.awaitSettled("drained " + name);
      awaitAllReady();
      admin.change("nodes/remove?node=" + name);
      killMetaLeaderForAMoment();
      admin.awaitNodes(left);
      assertThat(cluster.process(leader).awaitExit(LIMIT)).isIn(EXIT_REFUSED, 137);
    }
  }

  /** A change counts on the nodes that are up: who was killed has to be back. */
  private void awaitAllReady() {
    for (int i = 0; i < cluster.size(); i++) {
      if (cluster.answering(i)) {
        cluster.awaitReady(i);
      }
    }
  }

  private void balance() throws Exception {
    awaitAllReady();
    admin.change("leader/balance");
    killMetaLeaderForAMoment();
    admin.awaitPreferredLeaders();
  }

  /** In the middle of a change; it comes back at once. */
  private void killMetaLeaderForAMoment() throws Exception {
    Await.pause(MOMENT_NANOS);
    int leader = awaitMetaLeader();
    cluster.kill(leader);
    leaderChanges.add(System.nanoTime());
    cluster.launch(leader);
  }

  private int awaitMetaLeader() {
    return cluster.awaitLeader("meta");
  }

  private int anyBut(int spared) {
    for (int i = 0; i < cluster.size(); i++) {
      if (i != spared && cluster.answering(i)) {
        return i;
      }
    }
    throw new AssertionError("only one node runs");
  }

  private void watchLeaders(RunningClients clients) {
    Map<String, Integer> known = new HashMap<>();
    while (!clients.stopped()) {
      for (String group : List.of("data-0", "data-1", "data-2")) {
        Optional<Integer> leader = cluster.leader(group);
        int now = leader.orElse(-1);
        Integer before = known.put(group, now);
        if (before != null && before != now || now < 0) {
          leaderChanges.add(System.nanoTime());
        }
      }
      Await.pause(SAMPLE_NANOS);
    }
  }

  private boolean nearALeaderChange(long failure) {
    return leaderChanges.stream()
        .anyMatch(change -> failure - change < AFTER_NANOS && change - failure < BEFORE_NANOS);
  }

  private void awaitEqualReplicas() {
    List<ReplicaCheck> last = new ArrayList<>();
    Await.until(
        "equal replicas of all groups",
        LIMIT,
        () -> {
          last.clear();
          last.addAll(cluster.check());
          return last.size() == admin.groups().size() && allEqual(last);
        },
        () -> last + "\n" + cluster.logs());
    TestSettings.say(NAME, last.toString());
  }

  private boolean allEqual(List<ReplicaCheck> checks) throws IOException, InterruptedException {
    Map<String, JSONObject> groups = admin.groups();
    return checks.stream()
        .allMatch(check -> check.equalOn(PlacementAdmin.replicas(groups.get(check.group()))));
  }
}
