package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.KvModel;
import io.raftwood.kv.Figures;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.TableFigures;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations of all families, the cache and the comparisons among them, through three
 * processes while leaders are killed: each answer, and in the end every listing and figure of every
 * node, is what a plain model says.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RandomOperationsIT {
  private static final String NAME = "random-operations";
  private static final int CLIENTS = 24;
  private static final int KILLS = 2;
  private static final int FILES = 64;
  private static final int PAGE = 500;
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  @TempDir Path directory;

  private final List<ModelClient> clients = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyAnswerIsTheModels(int dataGroups) throws Exception {
    long seed = TestSettings.seed(NAME);
    int operations = TestSettings.number("operations", 50_000) / CLIENTS;
    ClusterSpec spec = ClusterSpec.threeNodes().withDataGroups(dataGroups);
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      work(cluster, dataGroups, operations, seed);
      cluster.awaitEqualReplicas();
      for (int peer = 0; peer < cluster.size(); peer++) {
        assertThat(listed(cluster, peer)).as("peer %d", peer).isEqualTo(modelled());
        assertThat(figures(cluster, peer)).as("peer %d", peer).isEqualTo(modelledFigures());
      }
      long repeated = clients.stream().mapToLong(ModelClient::repeated).sum();
      TestSettings.say(
          NAME,
          CLIENTS * operations
              + " operations equal with "
              + dataGroups
              + " groups, "
              + repeated
              + " requests repeated, "
              + modelled().size()
              + " records equal through each node");
    } finally {
      clients.forEach(ModelClient::close);
    }
  }

  private void work(ProcessCluster cluster, int dataGroups, int operations, long seed)
      throws Exception {
    AtomicInteger done = new AtomicInteger();
    int parts = KILLS + 1;
    try (RunningClients running = new RunningClients(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++) {
        ModelClient client = new ModelClient(i, cluster, dataGroups, seed);
        clients.add(client);
        running.add(
            i,
            number -> {
              for (int part = 0; part < parts; part++) {
                client.run(operations / parts);
                done.incrementAndGet();
              }
            });
      }
      for (int kill = 1; kill <= KILLS; kill++) {
        int part = kill;
        Await.until(
            "part " + part,
            Duration.ofMinutes(8),
            () -> {
              running.rethrowFailure();
              return done.get() >= part;
            },
            cluster::logs);
        // It forgets when a second node goes before the first has its copy again.
        new CacheWrites(cluster).awaitWhole();
        int leader = cluster.awaitLeader("data-" + kill % dataGroups);
        cluster.kill(leader);
        cluster.start(leader);
      }
      running.finish(Duration.ofMinutes(8));
    }
  }

  /** All records that a node lists, by where they are and what they are called. */
  private static TreeMap<String, String> listed(ProcessCluster cluster, int peer) throws Exception {
    TreeMap<String, String> records = new TreeMap<>();
    // Asked of another node: it has to pass the question on.
    try (HustdbClient client = cluster.client((peer + 1) % cluster.size(), TIMEOUT)) {
      for (int file = 0; file < FILES; file++) {
        addFile(records, client, "/keys?peer=" + peer + "&noval=false&file=" + file);
      }
    }
    return records;
  }

  private static void addFile(TreeMap<String, String> records, HustdbClient client, String target)
      throws Exception {
    for (int offset = 0, size = PAGE; size == PAGE; offset += PAGE) {
      JSONArray page = page(client, target + "&size=" + PAGE + "&offset=" + offset);
      size = page.size();
      page.forEach(element -> add(records, (JSONObject) element));
    }
  }

  private static JSONArray page(HustdbClient client, String target) throws Exception {
    HttpReply reply = client.request("GET", target, new byte[0]);
    assertThat(reply.status()).as(target).isEqualTo(200);
    return JSON.parseArray(reply.text());
  }

  private static void add(TreeMap<String, String> records, JSONObject element) {
    String type = element.getString("ty") == null ? "K" : element.getString("ty");
    String table = element.getString("tb") == null ? "" : element.getString("tb");
    String name = type + " " + table + " " + element.getString("key");
    String before = records.put(name, element.getString("ver") + " " + element.getString("val"));
    assertThat(before).as("listed twice: %s", name).isNull();
  }

  private TreeMap<String, String> modelled() {
    TreeMap<String, String> records = new TreeMap<>();
    for (ModelClient client : clients) {
      client.models().forEach(model -> model.records().forEach(held -> add(records, held)));
    }
    return records;
  }

  private static void add(TreeMap<String, String> records, KvModel.Held held) {
    char type = held.id().kind().letter();
    String key = Base64.getEncoder().encodeToString(held.id().name().toArray());
    String value = Base64.getEncoder().encodeToString(held.value().toArray());
    String shown =
        switch (held.id().kind()) {
          case SET_MEMBER -> "null";
          case SORTED_SET_MEMBER -> held.value().toUtf8();
          default -> value;
        };
    String name = type + " " + held.id().table().toUtf8() + " " + key;
    records.put(name, held.version() + " " + shown);
  }

  /** The counts of a node's {@code stat_all}, a full recount of what the models hold beside it. */
  private static TreeMap<String, String> figures(ProcessCluster cluster, int peer)
      throws Exception {
    TreeMap<String, String> figures = new TreeMap<>();
    try (HustdbClient client = cluster.client(peer, TIMEOUT)) {
      JSONArray all = page(client, "/stat_all?peer=" + peer);
      JSONObject totals = all.getJSONObject(0).getJSONObject("TOTALIZE");
      figures.put("keys", totals.getJSONObject("KVPAIR").toString());
      figures.put("hashes", totals.getJSONObject("HASHTABLE").toString());
      for (int i = 1; i < all.size(); i++) {
        JSONObject table = all.getJSONObject(i);
        String name = table.getString("type") + " " + table.getString("table");
        figures.put(name, table.getString("count"));
      }
    }
    return figures;
  }

  private TreeMap<String, String> modelledFigures() {
    TreeMap<String, String> figures = new TreeMap<>();
    Figures keys = Figures.ZERO;
    Figures hashes = Figures.ZERO;
    for (KvModel model : clients.stream().flatMap(client -> client.models().stream()).toList()) {
      KvResult.Totals totals = (KvResult.Totals) model.countAll(new KvQuery.CountAll());
      keys = keys.plus(totals.keys());
      hashes = hashes.plus(totals.hashes());
      KvQuery.CountTables query = new KvQuery.CountTables(Bytes.EMPTY, 1000);
      addTables(figures, ((KvResult.Tables) model.countTables(query)).tables());
    }
    figures.put("keys", json(keys));
    figures.put("hashes", json(hashes));
    return figures;
  }

  private static void addTables(TreeMap<String, String> figures, List<TableFigures> tables) {
    for (TableFigures table : tables) {
      figures.merge(
          table.kind().letter() + " " + table.table().toUtf8(),
          Long.toString(table.figures().count()),
          (one, other) -> Long.toString(Long.parseLong(one) + Long.parseLong(other)));
    }
  }

  private static String json(Figures figures) {
    return String.format(
        "{\"count\":%d,\"size\":%d,\"capacity\":%d}",
        figures.count(), figures.size(), figures.capacity());
  }
}
