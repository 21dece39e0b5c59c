package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two of three nodes are lost for good: the third goes on alone, and the cluster grows again. */
class UnsafeRecoveryIT {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int WRITES = 500;
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_REFUSED = 4;

  @TempDir Path directory;

  private ProcessCluster cluster;

  @Test
  void aSurvivorGoesOnWithAllThatItHas() throws Exception {
    ClusterSpec spec = ClusterSpec.threeNodes().withDataGroups(2);
    try (ProcessCluster started = ProcessCluster.start(spec, directory)) {
      cluster = started;
      AcknowledgedWrites writes = new AcknowledgedWrites("u");
      writes.write(cluster, 0, () -> writes.count() >= WRITES);
      cluster.awaitEqualReplicas();
      String former = cluster.status(2).clusterId();
      cluster.kill(2);
      assertThat(recover("--confirm", "lose n1 n2")).isEqualTo(EXIT_FAILED);
      assertThat(said()).anyMatch(line -> line.contains("runs at 127.0.0.1"));
      cluster.kill(0);
      cluster.kill(1);
      cluster.wipe(1);

      assertThat(recover("--confirm", "lose n1")).isEqualTo(EXIT_FAILED);
      assertThat(said()).anyMatch(line -> line.contains("expected 'lose n1 n2': nothing"));
      assertThat(recover("--confirm", "lose n1 n2")).as(cluster::logs).isZero();
      assertThat(account())
          .contains("given up: n1, n2", "confirmed: lose n1 n2")
          .contains("meta goes on here", "data-0 goes on here", "data-1 goes on here");
      cluster.start(2);
      writes.assertAllReadable(cluster, 2);
      assertThat(cluster.status(2).clusterId()).isNotEqualTo(former);

      lostNodesAreRefused();
      growsAgain(writes);
    }
  }

  /** One comes back with its disk, one with an empty one. */
  private void lostNodesAreRefused() throws Exception {
    cluster.launch(0);
    assertThat(cluster.process(0).awaitExit(LIMIT)).isEqualTo(EXIT_REFUSED);
    assertThat(cluster.node(0).logLines()).anyMatch(line -> line.contains("FOREIGN_CLUSTER"));
    cluster.launch(1);
    assertThat(cluster.process(1).awaitExit(LIMIT)).isEqualTo(EXIT_REFUSED);
    assertThat(cluster.node(1).logLines()).anyMatch(line -> line.contains("admin nodes add n2"));
  }

  private void growsAgain(AcknowledgedWrites writes) throws Exception {
    PlacementAdmin admin = new PlacementAdmin(cluster);
    NodeFiles back = cluster.node(1);
    admin.change(
        "nodes/add?node=n2&http=127.0.0.1:%d&raft=127.0.0.1:%d"
            .formatted(back.httpPort(), back.raftPort()));
    cluster.start(1);
    admin.change("groups/spread");
    admin.awaitSettled("two nodes");
    assertThat(PlacementAdmin.voters(admin.groups().get("data-1"))).contains("n2", "n3");
    writes.assertAllReadable(cluster, 1);
    Await.until(
        "equal replicas on two nodes",
        LIMIT,
        () ->
            cluster.check().stream()
                .filter(check -> !check.group().startsWith("cache"))
                .allMatch(check -> check.equalOn(2)),
        cluster::logs);
    TestSettings.say("unsafe-recovery", writes.count() + " writes, all read on both nodes");
  }

  private int recover(String... options) throws Exception {
    List<String> words =
        Stream.concat(Stream.of("admin", "unsafe-recover"), Stream.of(options)).toList();
    return ServerProcess.command(cluster.node(2), words.toArray(String[]::new)).awaitExit(LIMIT);
  }

  private List<String> said() {
    return cluster.node(2).logLines();
  }

  private String account() throws Exception {
    try (Stream<Path> files = Files.list(cluster.node(2).data())) {
      Path file =
          files
              .filter(path -> path.getFileName().toString().startsWith("unsafe-recover-"))
              .findFirst()
              .orElseThrow();
      return Files.readString(file);
    }
  }
}
