package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that come back late, empty or from the past. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class CatchUpIT {
  private static final String NAME = "catch-up";
  private static final String GROUP = "data-0";
  private static final int WRITERS = 8;
  private static final int WRITES = 500;
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final Pattern REFUSAL =
      Pattern.compile("old copy|data directory is an old one|disk was rolled back");

  private static final ClusterSpec SPEC =
      ClusterSpec.threeNodes()
          .with("raft.snapshot-interval", "2s")
          .with("raft.snapshot-log-margin", "0");

  @TempDir Path directory;

  @Test
  void aFollowerPausedPastLogTruncationCatchesUpBySnapshotUnderLoad() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(SPEC, directory)) {
      AcknowledgedWrites writes = new AcknowledgedWrites("pause-");
      underLoad(cluster, writes, () -> pausePastTruncation(cluster));
      writes.assertAllReadable(cluster, 0);
      TestSettings.say(NAME, writes.count() + " writes, " + cluster.awaitEqualReplicas());
    }
  }

  @Test
  void aWipedNodeReturnsAsANewIncarnationWithEqualContent() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(SPEC, directory)) {
      AcknowledgedWrites writes = new AcknowledgedWrites("wipe-");
      underLoad(cluster, writes, () -> wipeAndReturn(cluster));
      writes.assertAllReadable(cluster, 0);
      TestSettings.say(NAME, writes.count() + " writes, " + cluster.awaitEqualReplicas());
    }
  }

  @Test
  void anOldCopyOfADataDirectoryIsRefusedWithAReason() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(SPEC, directory)) {
      AcknowledgedWrites writes = new AcknowledgedWrites("rollback-");
      int node = follower(cluster);
      NodeFiles files = cluster.node(node);
      Path copy = directory.resolve("copy");
      underLoad(
          cluster,
          writes,
          () -> {
            cluster.stop(node);
            files.copyData(copy);
            cluster.start(node);
            awaitMore(cluster, writes);
            cluster.stop(node);
          });
      files.restoreData(copy);
      int before = files.logLines().size();
      cluster.launch(node);
      Await.until(
          "the node on the old copy ends",
          LIMIT,
          () -> !cluster.process(node).running(),
          cluster::logs);
      int exit = cluster.process(node).awaitExit(LIMIT);
      List<String> printed = files.logLines().subList(before, files.logLines().size());
      assertThat(exit).as("exit code\n%s", cluster.logs()).isNotZero();
      assertThat(printed).as("log").anyMatch(line -> REFUSAL.matcher(line).find());
      printed.stream()
          .filter(line -> REFUSAL.matcher(line).find())
          .findFirst()
          .ifPresent(line -> TestSettings.say(NAME, "exit " + exit + ": " + line));
      writes.assertAllReadable(cluster, (node + 1) % cluster.size());
    }
  }

  /** What happens to the cluster while others write. */
  private interface Incident {
    void run() throws Exception;
  }

  private static void underLoad(
      ProcessCluster cluster, AcknowledgedWrites writes, Incident incident) throws Exception {
    try (RunningClients clients = new RunningClients(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        clients.add(i, number -> writes.write(cluster, number, clients::stopped));
      }
      awaitMore(cluster, writes);
      incident.run();
      awaitMore(cluster, writes);
      clients.stop(LIMIT);
    }
  }

  private static void awaitMore(ProcessCluster cluster, AcknowledgedWrites writes) {
    int due = writes.count() + WRITES;
    Await.until(due + " acknowledged writes", LIMIT, () -> writes.count() >= due, cluster::logs);
  }

  private static void pausePastTruncation(ProcessCluster cluster) throws Exception {
    int node = follower(cluster);
    String name = cluster.node(node).name();
    long last = replica(cluster, node, name).indexes().last();
    cluster.pause(node);
    // A snapshot truncates the log up to the one before it: three of them leave no way but one.
    AtomicLong newest = new AtomicLong(last);
    for (int snapshots = 0; snapshots < 3; snapshots++) {
      Await.until(
          "a leader's snapshot past " + newest,
          LIMIT,
          () -> {
            int leader = cluster.awaitLeader(GROUP);
            ClusterStatus.Replica replica = replica(cluster, leader, cluster.node(leader).name());
            return replica.indexes().snapshot() > newest.get()
                && newest.getAndSet(replica.indexes().snapshot()) >= 0;
          },
          cluster::logs);
    }
    cluster.resume(node);
    Await.until(
        name + " has applied what it missed",
        LIMIT,
        () -> replica(cluster, node, name).indexes().applied() >= newest.get(),
        cluster::logs);
    TestSettings.say(
        NAME, name + " paused at " + last + ", the log had begun behind it, now at " + newest);
  }

  private static void wipeAndReturn(ProcessCluster cluster) throws Exception {
    int node = follower(cluster);
    int other = (node + 1) % cluster.size();
    String name = cluster.node(node).name();
    ClusterStatus.Member before = cluster.status(other).member(name);
    cluster.kill(node);
    cluster.wipe(node);
    cluster.start(node);
    Await.until(
        name + " is a new incarnation and votes again",
        LIMIT,
        () -> {
          ClusterStatus status = cluster.status(other);
          return status.member(name).index() == before.index() + 1
              && votes(cluster, node, before.index() + 1);
        },
        cluster::logs);
    ClusterStatus.Member after = cluster.status(other).member(name);
    assertThat(after.incarnation()).as("incarnation").isNotEqualTo(before.incarnation());
    TestSettings.say(NAME, name + " was " + before + ", is " + after);
  }

  /** Whether the group's leader counts the node's incarnation {@code index}, and no older one. */
  private static boolean votes(ProcessCluster cluster, int node, int index) throws IOException {
    int leader = cluster.awaitLeader(GROUP);
    List<String> voters = replica(cluster, leader, cluster.node(leader).name()).voters();
    String address = "127.0.0.1:" + cluster.node(node).raftPort();
    return voters.stream()
        .filter(voter -> voter.startsWith(address))
        .toList()
        .equals(List.of(address + ":" + index));
  }

  private static int follower(ProcessCluster cluster) {
    return (cluster.awaitLeader(GROUP) + 1) % cluster.size();
  }

  private static ClusterStatus.Replica replica(ProcessCluster cluster, int asked, String node)
      throws IOException {
    return cluster.status(asked).replica(GROUP, node).orElseThrow();
  }
}
