package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.machine.KvMachine;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Position;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.rocksdb.RocksDbSettings;
import io.raftwood.storage.rocksdb.RocksDbTabletStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Comparisons on three processes: never a false alarm, and every true one. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CompareReadsIT {
  private static final String NAME = "compare";
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final byte[] NO_BODY = new byte[0];
  private static final int WRITERS = 3;
  private static final int READERS = 6;

  @TempDir Path directory;

  @Test
  void aRecordThatIsWrittenWithoutPauseIsNeverFoundToDiverge() throws Exception {
    int seconds = TestSettings.number("compare-seconds", 20);
    try (ProcessCluster cluster = ProcessCluster.start(ClusterSpec.threeNodes(), directory);
        RunningClients clients = new RunningClients(WRITERS + READERS)) {
      AtomicInteger writes = new AtomicInteger();
      AtomicLong acknowledged = new AtomicLong();
      Map<Integer, AtomicInteger> statuses = new ConcurrentHashMap<>();
      for (int i = 0; i < WRITERS; i++) {
        clients.add(i, number -> write(cluster, clients, number, writes, acknowledged));
      }
      for (int i = 0; i < READERS; i++) {
        clients.add(i, number -> compare(cluster, clients, number, statuses, acknowledged));
      }
      Await.pause(TimeUnit.SECONDS.toNanos(seconds));
      clients.stop(LIMIT);
      TestSettings.say(
          NAME, seconds + " s: " + writes + " writes, answers " + new TreeMap<>(statuses));
      assertThat(statuses.keySet()).isSubsetOf(200, 404);
      assertThat(statuses.get(200).get()).isGreaterThan(20);
      for (int i = 0; i < cluster.size(); i++) {
        assertThat(ask(cluster, i, "/readyz?verbose").text()).doesNotContain("[!]");
        assertThat(cluster.node(i).logLines()).noneMatch(line -> line.contains("DIVERGENCE"));
      }
    }
  }

  /** Writes, and once in a while deletes, through one node. */
  private static void write(
      ProcessCluster cluster,
      RunningClients clients,
      int number,
      AtomicInteger writes,
      AtomicLong acknowledged)
      throws IOException {
    try (HustdbClient client = cluster.client(number % cluster.size(), TIMEOUT)) {
      while (!clients.stopped()) {
        int write = writes.incrementAndGet();
        if (number == 0 && write % 50 == 0) {
          client.request("GET", "/del?key=hot", NO_BODY);
        } else {
          byte[] value = ("value " + write).getBytes(StandardCharsets.UTF_8);
          HttpReply reply = client.request("POST", "/put?key=hot", value);
          assertThat(reply.status()).as("%s", reply).isEqualTo(200);
          acknowledged.incrementAndGet();
        }
      }
    }
  }

  private static void compare(
      ProcessCluster cluster,
      RunningClients clients,
      int number,
      Map<Integer, AtomicInteger> statuses,
      AtomicLong acknowledged)
      throws IOException {
    try (HustdbClient client = cluster.client(number % cluster.size(), TIMEOUT)) {
      while (!clients.stopped()) {
        HttpReply reply = client.request("GET", "/get2?key=hot", NO_BODY);
        statuses.computeIfAbsent(reply.status(), status -> new AtomicInteger()).incrementAndGet();
        if (reply.status() == 404) {
          // Deleted for a moment, or not yet written: never for want of two replicas.
          assertThat(reply.header("Error")).contains("not-found");
        }
      }
      assertThat(acknowledged.get()).isPositive();
    }
  }

  @Test
  void aReplicaThatWasTamperedWithIsFoundAndRepairedByAWipe() throws Exception {
    try (ProcessCluster cluster = ProcessCluster.start(ClusterSpec.threeNodes(), directory)) {
      assertThat(ask(cluster, 0, "/put?key=k&val=right").status()).isEqualTo(200);
      assertThat(ask(cluster, 0, "/put?key=other&val=x").status()).isEqualTo(200);
      assertCompared(ask(cluster, 0, "/get2?key=k"), 200, "right");
      List<String> voters = votersOf(cluster);
      int master2 = cluster.indexOf(voters.get(1));
      int asked = cluster.indexOf(voters.get(2));
      cluster.stop(master2);
      assertCompared(ask(cluster, asked, "/get2?key=k"), 200, "right");
      tamper(cluster.node(master2));
      cluster.start(master2);

      Await.until(
          "the divergence is found",
          LIMIT,
          () -> ask(cluster, asked, "/get2?key=k").status() == 409,
          cluster::logs);
      HttpReply diverged = ask(cluster, asked, "/get2?key=k");
      assertCompared(diverged, 409, "rightWRONG!");
      assertThat(diverged.header("Version")).contains("1");
      assertThat(diverged.header("Val-Offset")).contains("5");
      assertThat(diverged.header("Error")).contains("diverged");
      assertCompared(ask(cluster, asked, "/get2?key=other"), 200, "x");
      String alarm = "divergence:data-0 " + voters.get(0) + " and " + voters.get(1);
      HttpReply ready = ask(cluster, asked, "/readyz?verbose");
      assertThat(ready.status()).isEqualTo(200);
      assertThat(ready.text()).contains("[!]" + alarm);
      assertThat(ask(cluster, asked, "/metrics").text())
          .contains("raftwood_divergence_total{group=\"data-0\"}");
      List<String> lines =
          cluster.node(asked).logLines().stream()
              .filter(line -> line.contains("DIVERGENCE"))
              .toList();
      assertThat(lines).hasSize(1);
      TestSettings.say(NAME, lines.get(0));
      assertThat(cluster.check().stream().allMatch(one -> one.equalOn(cluster.size()))).isFalse();

      cluster.stop(master2);
      int exit = raftwood(cluster.node(master2), "wipe", "--yes");
      assertThat(exit).as(cluster.logs()).isZero();
      cluster.start(master2);
      cluster.awaitEqualReplicas();
      assertCompared(ask(cluster, asked, "/get2?key=k"), 200, "right");
      assertThat(ask(cluster, asked, "/readyz?verbose").text()).doesNotContain("[!]");
    }
  }

  private static void assertCompared(HttpReply reply, int status, String body) {
    assertThat(reply.text()).isEqualTo(body);
    assertThat(reply.status()).isEqualTo(status);
  }

  private static List<String> votersOf(ProcessCluster cluster) throws IOException {
    JSONObject status = JSON.parseObject(ask(cluster, 0, "/admin/status").text());
    return status.getJSONObject("cluster").getJSONArray("groups").toList(JSONObject.class).stream()
        .filter(group -> group.getString("name").equals("data-0"))
        .flatMap(group -> group.getJSONArray("voters").toList(String.class).stream())
        .toList();
  }

  /** Other bytes under the same version and mod-revision, as a bad disk or a defect might leave. */
  private static void tamper(NodeFiles files) {
    RecordId id = RecordId.key(Bytes.utf8("k"));
    try (RocksDbTabletStore store =
            new RocksDbTabletStore(files.data().resolve("tablets"), RocksDbSettings.DEFAULT);
        Tablet tablet = store.open("data-0")) {
      KvMachine machine = new KvMachine();
      long clock = Position.read(tablet).clockMillis();
      Bytes query = KvQueryCodec.encode(new KvQuery.Get(id));
      KvResult.Found found =
          (KvResult.Found)
              KvResultCodec.decode(machine.query(new QueryContext(tablet, clock), query));
      StorageBatch batch = tablet.newBatch();
      ApplyContext context = new ApplyContext(batch, found.modRevision(), clock);
      machine.apply(context, KvCommandCodec.encode(new KvCommand.Delete(id, 0)));
      KvCommand wrong = new KvCommand.Put(id, Bytes.utf8("WRONG!"), 0, 0);
      machine.apply(context, KvCommandCodec.encode(wrong));
      tablet.commit(batch);
      tablet.flush();
    }
  }

  /** Runs a command of the program for {@code node}; its exit code. */
  private static int raftwood(NodeFiles node, String command, String option)
      throws IOException, InterruptedException {
    return ServerProcess.command(node, command, option).awaitExit(LIMIT);
  }

  private static HttpReply ask(ProcessCluster cluster, int node, String target) throws IOException {
    try (HustdbClient client = cluster.client(node, TIMEOUT)) {
      return client.request("GET", target, NO_BODY);
    }
  }
}
