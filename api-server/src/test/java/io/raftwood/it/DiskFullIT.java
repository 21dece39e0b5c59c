package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Disks fill up under load, that of the leader, of a majority, and one to the last byte (issue 7,
 * item 7 and acceptance 3). The nodes run on file systems of their own; what fills them is not
 * theirs.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DiskFullIT {
  private static final String NAME = "disk-full";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int FAULT = 5;
  private static final int DISK_MIB = 192;
  private static final long MIB = 1 << 20;

  /** Below {@code disk.min-free}, above a quarter of it. */
  private static final long FULL = 24 * MIB;

  private static final byte[] NO_BODY = new byte[0];
  private static final List<HttpReply.Header> FORM =
      List.of(new HttpReply.Header("Content-Type", "application/x-www-form-urlencoded"));

  @TempDir Path directory;

  private ProcessCluster cluster;
  private SmallDisks disks;

  @Test
  void writesThatAddAreRefusedBeforeTheDiskIsFullAndGoOnWhenThereIsRoom() throws Exception {
    Optional<String> objection = SmallDisks.objection(directory);
    assumeTrue(objection.isEmpty(), () -> objection.orElse(""));
    List<Path> data =
        IntStream.rangeClosed(1, 3).mapToObj(n -> directory.resolve("n" + n + "/data")).toList();
    ClusterSpec spec =
        ClusterSpec.threeNodes()
            .with("disk.alarm-free", "64MiB")
            .with("disk.min-free", "32MiB")
            .with("dt.autocreate", "true");
    try (SmallDisks mounted = SmallDisks.mount(data, DISK_MIB);
        ProcessCluster started = ProcessCluster.start(spec, directory)) {
      disks = mounted;
      cluster = started;
      AcknowledgedWrites writes = new AcknowledgedWrites("w");
      try (RunningClients running = new RunningClients(2)) {
        for (int i = 0; i < 2; i++) {
          running.add(i, number -> writes.write(cluster, number, running::stopped));
        }
        theLeadersDiskIsFull();
        oneFollowersDiskIsFullAndThenTwo();
        oneFollowersDiskHasNotAByteLeft();
        running.rethrowFailure();
        running.stop(LIMIT);
      }
      assertThat(writes.count()).isPositive();
      writes.assertAllReadable(cluster, 1);
      TestSettings.say(
          NAME, writes.count() + " acknowledged, none missing; " + cluster.awaitEqualReplicas());
    }
  }

  private void theLeadersDiskIsFull() throws Exception {
    int leader = cluster.awaitLeader("data-0");
    int other = (leader + 1) % cluster.size();
    long pid = cluster.process(leader).pid();
    put(leader, "old").expect(200);
    put(leader, "doomed").expect(200);
    ask(leader, "/hset?tb=t&key=f&val=1").expect(200);
    ask(leader, "/dt/insert", "tree_id=tree&key=a&value=1").expect(200);

    disks.fill(data(leader), FULL);
    awaitRefused(leader);
    for (int node : new int[] {leader, other}) {
      put(node, "new").expect(404).version("0").error("disk-full");
      ask(node, "/put?key=old&val=longer").expect(404).error("disk-full");
      ask(node, "/hincrby?tb=t&key=f&val=1").expect(404).error("disk-full");
      ask(node, "/zadd?tb=z&score=1", "m").expect(404).error("disk-full");
      ask(node, "/dt/insert", "tree_id=tree&key=b&value=1").error("disk-full").contains("802");
      ask(node, "/get?key=old").expect(200).contains("v");
      ask(node, "/get2?key=old").expect(200);
      ask(node, "/stat_all?peer=0").expect(200);
      awaitAlarm(node, "disk:" + name(leader) + " full");
      ask(node, "/admin/status").contains("\"diskRoom\":\"full\"");
    }
    ask(leader, "/readyz?verbose").contains("writes:data-0");
    ask(leader, "/metrics").contains("raftwood_disk_room 2.0").contains("outcome=\"disk-full\"");
    ask(other, "/del?key=doomed").expect(200);
    ask(leader, "/get?key=doomed").expect(404).error("not-found");
    ask(other, "/dt/delete", "tree_id=tree&key=a").expect(200).error("");
    ask(other, "/cache/put?key=c&val=1&ttl=60").expect(200);
    assertThat(cluster.check()).isNotEmpty();

    disks.empty(data(leader));
    awaitWritten(other);
    ask(leader, "/hincrby?tb=t&key=f&val=1").expect(200);
    assertThat(cluster.process(leader).pid()).isEqualTo(pid);
    assertThat(cluster.process(leader).running()).isTrue();
    TestSettings.say(NAME, "the leader's disk was full: refused, and gone on without a restart");
  }

  private void oneFollowersDiskIsFullAndThenTwo() throws Exception {
    int leader = cluster.awaitLeader("data-0");
    int second = (leader + 1) % cluster.size();
    int third = (leader + 2) % cluster.size();
    disks.fill(data(second), FULL);
    awaitAlarm(leader, "disk:" + name(second) + " full");
    put(second, "one-full").expect(200);
    disks.fill(data(third), FULL);
    awaitRefused(third);
    put(leader, "two-full").expect(404).error("disk-full");
    ask(second, "/get?key=one-full").expect(200);
    ask(second, "/del?key=one-full").expect(200);
    disks.empty(data(second));
    awaitWritten(third);
    disks.empty(data(third));
    TestSettings.say(NAME, "one follower's disk was full: gone on; two followers': refused");
  }

  /** The log goes on growing there, because the others are a quorum. */
  private void oneFollowersDiskHasNotAByteLeft() throws Exception {
    int leader = cluster.awaitLeader("data-0");
    int victim = (leader + 1) % cluster.size();
    disks.fill(data(victim), 0);
    // What the node has preallocated lasts for a while.
    assertThat(endUnderLoad(victim, leader)).isEqualTo(FAULT);
    List<String> lines = cluster.node(victim).logLines();
    Optional<String> last = lines.stream().filter(line -> line.contains("FAULT")).findFirst();
    assertThat(last).hasValueSatisfying(line -> assertThat(line).contains("disk is full"));
    put(leader, "without").expect(200);
    disks.empty(data(victim));
    cluster.start(victim);
    ask(victim, "/get?key=without&consistency=linearizable").expect(200);
    TestSettings.say(NAME, "no byte left on a follower: " + last.orElse(""));
  }

  private int endUnderLoad(int victim, int leader) throws Exception {
    byte[] body = new byte[(int) MIB];
    Await.until(
        "the node without room ends",
        LIMIT,
        () -> {
          try (HustdbClient client = cluster.client(leader, TIMEOUT)) {
            client.request("POST", "/put?key=large", body);
          }
          return !cluster.process(victim).running();
        },
        cluster::logs);
    return cluster.process(victim).awaitExit(LIMIT);
  }

  /** The nodes tell each other twice a second; alarms keep no node from being ready. */
  private void awaitAlarm(int node, String line) {
    Await.until(
        line,
        LIMIT,
        () -> ask(node, "/readyz?verbose").expect(200).text().contains(line),
        cluster::logs);
  }

  private void awaitRefused(int node) {
    Await.until(
        "writes are refused",
        LIMIT,
        () -> put(node, "probe").answer.header("Error").orElse("").equals("disk-full"),
        cluster::logs);
  }

  private void awaitWritten(int node) {
    Await.until(
        "writes go on", LIMIT, () -> put(node, "probe").answer.status() == 200, cluster::logs);
  }

  private Path data(int node) {
    return cluster.node(node).data();
  }

  private String name(int node) {
    return cluster.node(node).name();
  }

  private Answer put(int node, String key) throws IOException {
    return ask(node, "/put?key=" + key + "&val=v");
  }

  private Answer ask(int node, String target) throws IOException {
    try (HustdbClient client = cluster.client(node, TIMEOUT)) {
      return new Answer(target, client.request("GET", target, NO_BODY));
    }
  }

  private Answer ask(int node, String target, String form) throws IOException {
    try (HustdbClient client = cluster.client(node, TIMEOUT)) {
      byte[] body = form.getBytes(StandardCharsets.US_ASCII);
      return new Answer(target, client.request("POST", target, FORM, body));
    }
  }

  /** An answer, and what it is to. */
  private record Answer(String target, HttpReply answer) {
    Answer expect(int status) {
      assertThat(answer.status()).as("%s: %s", target, answer.text()).isEqualTo(status);
      return this;
    }

    Answer error(String token) {
      assertThat(answer.header("Error").orElse("")).as(target).isEqualTo(token);
      return this;
    }

    Answer version(String version) {
      assertThat(answer.header("Version")).as(target).contains(version);
      return this;
    }

    Answer contains(String text) {
      assertThat(answer.text()).as(target).contains(text);
      return this;
    }

    String text() {
      return answer.text();
    }
  }
}
