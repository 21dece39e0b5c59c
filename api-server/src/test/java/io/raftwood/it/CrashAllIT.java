package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.CallOptions;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.process.ProcessUsage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** All processes are killed at once: nothing acknowledged is lost, and they are back quickly. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class CrashAllIT {
  private static final String NAME = "crash-all";
  private static final String GROUP = "data-0";
  private static final int WRITERS = 16;
  private static final int WRITES_BEFORE_CRASH = 1000;
  private static final int SAMPLE = 1000;
  private static final int LOADERS = 12;
  private static final int BATCH = 400;
  private static final int VALUE_BYTES = 100;
  private static final long RESTART_CPU_MICROS_MAX = 10_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(120);

  @TempDir Path directory;

  @Test
  void nothingAcknowledgedIsMissingAfterAllNodesAreKilledUnderLoad() throws Exception {
    int rounds = TestSettings.number("rounds", 3);
    Random random = new Random(TestSettings.seed(NAME));
    try (ProcessCluster cluster = ProcessCluster.start(ClusterSpec.threeNodes(), directory)) {
      for (int round = 0; round < rounds; round++) {
        AcknowledgedWrites writes = new AcknowledgedWrites("crash-" + round + "-");
        int due = WRITES_BEFORE_CRASH + random.nextInt(WRITES_BEFORE_CRASH);
        crashUnderLoad(cluster, writes, due);
        for (int node = 0; node < cluster.size(); node++) {
          writes.assertAllReadable(cluster, node);
        }
        TestSettings.say(
            NAME, "round " + round + ": " + writes.count() + " acknowledged, all there");
      }
      cluster.awaitEqualReplicas();
    }
  }

  @Test
  void aRestartWithManyRecordsIsQuickAndStartsFromASnapshot() throws Exception {
    int records = TestSettings.number("restart-records", 1_000_000);
    ClusterSpec spec =
        ClusterSpec.threeNodes()
            .with("raft.snapshot-interval", "5s")
            .with("raft.snapshot-log-margin", "100");
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      load(cluster, records);
      for (int node = 0; node < cluster.size(); node++) {
        awaitSnapshotOfMost(cluster, node);
      }
      cluster.killAll();
      for (int node = 0; node < cluster.size(); node++) {
        cluster.process(node).awaitExit(LIMIT);
      }
      cluster.startAll();
      for (int node = 0; node < cluster.size(); node++) {
        assertQuickStartFromSnapshot(cluster, node);
      }
      assertSampleReadable(cluster, records);
      cluster.awaitEqualReplicas();
    }
  }

  private static void crashUnderLoad(ProcessCluster cluster, AcknowledgedWrites writes, int due)
      throws Exception {
    try (RunningClients clients = new RunningClients(WRITERS)) {
      for (int i = 0; i < WRITERS; i++) {
        clients.add(i, number -> writes.write(cluster, number, clients::stopped));
      }
      Await.until(
          due + " acknowledged writes",
          LIMIT,
          () -> {
            clients.rethrowFailure();
            return writes.count() >= due;
          },
          cluster::logs);
      cluster.killAll();
      clients.stop(LIMIT);
    }
    for (int node = 0; node < cluster.size(); node++) {
      cluster.process(node).awaitExit(LIMIT);
    }
    cluster.startAll();
  }

  private static void load(ProcessCluster cluster, int records) throws Exception {
    AtomicInteger next = new AtomicInteger();
    RunningClients.Client loader =
        number -> {
          try (HustdbClient client = cluster.client(number % cluster.size(), LIMIT)) {
            for (int i = next.getAndAdd(BATCH); i < records; i = next.getAndAdd(BATCH)) {
              List<PackageRecords.Entry> some =
                  IntStream.range(i, Math.min(i + BATCH, records))
                      .mapToObj(CrashAllIT::record)
                      .toList();
              Await.until("a batch", LIMIT, () -> RecordBatches.put(client, some));
            }
          }
        };
    try (RunningClients clients = RunningClients.start(LOADERS, loader)) {
      clients.finish(Duration.ofMinutes(10));
    }
  }

  private static PackageRecords.Entry record(int number) {
    byte[] key = String.format("bench:%010d", number).getBytes(StandardCharsets.US_ASCII);
    byte[] value = new byte[VALUE_BYTES];
    Arrays.fill(value, (byte) ('a' + number % 26));
    return new PackageRecords.Entry(key, value);
  }

  private static void awaitSnapshotOfMost(ProcessCluster cluster, int node) {
    String name = cluster.node(node).name();
    Await.until(
        "a snapshot of at least half the log on " + name,
        LIMIT,
        () -> {
          ClusterStatus.Indexes indexes = indexes(cluster, node);
          return indexes.snapshot() > 0 && indexes.snapshot() * 2 >= indexes.last();
        },
        cluster::logs);
  }

  private static void assertQuickStartFromSnapshot(ProcessCluster cluster, int node)
      throws Exception {
    long micros = ProcessUsage.of(cluster.process(node).pid()).cpuMicros();
    ClusterStatus.Indexes indexes = indexes(cluster, node);
    TestSettings.say(
        NAME,
        cluster.node(node).name() + " ready after " + micros / 1000 + " ms of CPU, " + indexes);
    assertThat(micros)
        .as("CPU microseconds to readiness of %s\n%s", node, cluster.node(node).logTail())
        .isLessThan(RESTART_CPU_MICROS_MAX);
    assertThat(indexes.snapshot()).as("snapshot index of %s", node).isPositive();
  }

  private static ClusterStatus.Indexes indexes(ProcessCluster cluster, int node) throws Exception {
    return cluster.status(node).replica(GROUP, cluster.node(node).name()).orElseThrow().indexes();
  }

  private static void assertSampleReadable(ProcessCluster cluster, int records) {
    Random random = new Random(TestSettings.seed(NAME));
    try (HustdbClient client = cluster.client(0, Duration.ofSeconds(5))) {
      for (int i = 0; i < SAMPLE; i++) {
        String key = String.format("bench:%010d", random.nextInt(records));
        byte[] raw = key.getBytes(StandardCharsets.US_ASCII);
        Await.until(
            key + " is there",
            LIMIT,
            () -> client.get(raw, CallOptions.NONE).meaning() == KvAnswer.Meaning.OK);
      }
    }
  }
}
