package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.CallOptions;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bench.client.KvAnswer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every package record of Debian goes in while leaders die, and comes out of every node. */
@Timeout(value = 30, unit = TimeUnit.MINUTES)
class PackageRecordsIT {
  private static final String NAME = "packages";
  private static final int CONNECTIONS = 32;
  private static final int BATCH = 50;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration PHASE_LIMIT = Duration.ofMinutes(10);
  private static final Duration RECORD_LIMIT = Duration.ofMinutes(2);
  private static final long RETRY_NANOS = 20_000_000;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void acknowledgedRecordsSurviveLeaderKillsByteForByte(int dataGroups) throws Exception {
    long seed = TestSettings.seed(NAME);
    PackageRecords records =
        PackageRecords.load(TestSettings.number("records", Integer.MAX_VALUE), seed);
    TestSettings.say(NAME, records.records().size() + " records, " + records.origin());
    ClusterSpec spec = ClusterSpec.threeNodes().withDataGroups(dataGroups);
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      putAll(cluster, records.records(), dataGroups);
      readAll(cluster, 0, records.records(), 1);
      for (int node = 1; node < cluster.size(); node++) {
        readAll(cluster, node, records.records(), BATCH);
      }
      List<ReplicaCheck> checks = cluster.awaitEqualReplicas();
      long rows =
          checks.stream()
              .filter(check -> check.group().startsWith("data-"))
              .mapToLong(check -> check.hashes().get(0).rows())
              .sum();
      assertThat(rows)
          .as("rows of all data groups")
          .isGreaterThanOrEqualTo(records.records().size());
      TestSettings.say(NAME, dataGroups + " data groups: " + checks);
    }
  }

  private static void putAll(
      ProcessCluster cluster, List<PackageRecords.Entry> records, int dataGroups) throws Exception {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger acknowledged = new AtomicInteger();
    RunningClients.Client writer =
        number -> {
          try (Route route = new Route(cluster, number)) {
            for (int i = next.getAndIncrement(); i < records.size(); i = next.getAndIncrement()) {
              route.putUntilAcknowledged(records.get(i));
              acknowledged.incrementAndGet();
            }
          }
        };
    try (RunningClients clients = RunningClients.start(CONNECTIONS, writer)) {
      for (int kill = 0; kill < 2; kill++) {
        int due = records.size() * (2 * kill + 1) / 5;
        Await.until(
            due + " records acknowledged",
            PHASE_LIMIT,
            () -> {
              clients.rethrowFailure();
              return acknowledged.get() >= due;
            },
            cluster::logs);
        int leader = cluster.awaitLeader("data-" + kill % dataGroups);
        cluster.kill(leader);
        TestSettings.say(
            NAME, "killed " + cluster.node(leader).name() + " after " + acknowledged.get());
        cluster.start(leader);
      }
      clients.finish(PHASE_LIMIT);
    }
    assertThat(acknowledged).hasValue(records.size());
  }

  private static void readAll(
      ProcessCluster cluster, int node, List<PackageRecords.Entry> records, int atOnce)
      throws Exception {
    AtomicInteger next = new AtomicInteger();
    RunningClients.Client reader =
        number -> {
          try (HustdbClient client = cluster.client(node, TIMEOUT)) {
            for (int i = next.getAndAdd(atOnce); i < records.size(); i = next.getAndAdd(atOnce)) {
              List<PackageRecords.Entry> some =
                  records.subList(i, Math.min(i + atOnce, records.size()));
              for (PackageRecords.Entry one :
                  atOnce == 1 ? some : RecordBatches.unread(client, some)) {
                read(client, one);
              }
            }
          }
        };
    try (RunningClients clients = RunningClients.start(CONNECTIONS, reader)) {
      clients.finish(PHASE_LIMIT);
    }
  }

  /** Refusals and stale answers while leadership settles are asked again; wrong bytes never. */
  private static void read(HustdbClient client, PackageRecords.Entry record) {
    String name = new String(record.key(), StandardCharsets.ISO_8859_1);
    Await.until(
        "an answer for " + name,
        RECORD_LIMIT,
        () -> {
          KvAnswer answer = client.get(record.key(), CallOptions.NONE);
          boolean settled = answer.meaning() != KvAnswer.Meaning.FAILED && !answer.stale();
          if (settled) {
            assertThat(answer.meaning()).as(name).isEqualTo(KvAnswer.Meaning.OK);
            assertThat(answer.value()).as(name).isEqualTo(record.value());
          }
          return settled;
        });
  }

  /** One client's way through the nodes: stays with one while it answers. */
  private static final class Route implements AutoCloseable {
    private final List<HustdbClient> nodes;
    private int current;

    Route(ProcessCluster cluster, int start) {
      nodes =
          IntStream.range(0, cluster.size())
              .mapToObj(node -> cluster.client(node, TIMEOUT))
              .toList();
      current = start % nodes.size();
    }

    void putUntilAcknowledged(PackageRecords.Entry record) {
      long deadline = System.nanoTime() + RECORD_LIMIT.toNanos();
      KvAnswer answer = put(record);
      while (answer.meaning() != KvAnswer.Meaning.OK) {
        if (System.nanoTime() - deadline > 0) {
          throw new AssertionError("never acknowledged, last answer: " + answer.detail());
        }
        Await.pause(RETRY_NANOS);
        current = (current + 1) % nodes.size();
        answer = put(record);
      }
    }

    @Override
    public void close() {
      nodes.forEach(HustdbClient::close);
    }

    private KvAnswer put(PackageRecords.Entry record) {
      return nodes.get(current).put(record.key(), record.value(), CallOptions.NONE);
    }
  }
}
