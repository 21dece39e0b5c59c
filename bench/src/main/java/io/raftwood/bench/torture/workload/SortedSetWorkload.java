package io.raftwood.bench.torture.workload;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.history.Action;
import io.raftwood.bench.history.HistoryRecorder;
import io.raftwood.bench.history.Outcome;
import io.raftwood.bench.torture.check.CheckResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A few members of two sorted sets: {@code zadd} with scores that are never used twice, {@code
 * zrem}, {@code zscore}, and {@code zrangebyrank} of everything, which counts as a read of every
 * member. Each member must be linearizable, every page in order.
 */
public final class SortedSetWorkload implements Workload {
  private static final int TABLES = 2;
  private static final int MEMBERS = 6;

  private final HistoryRecorder recorder = new HistoryRecorder();
  private final Queue<String> disorders = new ConcurrentLinkedQueue<>();

  @Override
  public String name() {
    return "sorted-set";
  }

  @Override
  public Client client(Endpoints endpoints, int number) {
    return new SortedSetClient(endpoints.session(name(), number), number);
  }

  @Override
  public void finish(Endpoints endpoints) throws IOException {
    try (SortedSetClient client = new SortedSetClient(endpoints.session(name(), 99), 99)) {
      for (int node = 0; node < endpoints.nodes().size(); node++) {
        for (int table = 0; table < TABLES; table++) {
          int asked = node;
          String name = table(table);
          FinalReads.require(
              "zrangebyrank " + name, () -> client.page(asked, name, "&consistency=linearizable"));
        }
      }
    }
  }

  @Override
  public List<CheckResult> check() {
    String name = "sorted-set: pages in order";
    CheckResult order =
        disorders.isEmpty()
            ? CheckResult.passed(name, "ascending scores, every member once")
            : CheckResult.failed(name, disorders.toString());
    return List.of(Linearizability.check("sorted-set: linearizable", recorder), order);
  }

  @Override
  public void keep(Path directory) throws IOException {
    recorder.writeTo(directory.resolve("sorted-set.jsonl"));
  }

  private static String table(int number) {
    return "torture_board_" + number;
  }

  private static String member(int number) {
    return "m" + number;
  }

  private final class SortedSetClient implements Client {
    private final Session session;
    private final int number;
    private final RecordCalls calls;
    private final Map<String, Long> versions = new HashMap<>();
    private long scores;

    SortedSetClient(Session session, int number) {
      this.session = session;
      this.number = number;
      this.calls = new RecordCalls(recorder, number);
    }

    @Override
    public boolean step() {
      String table = table(session.random().nextInt(TABLES));
      String member = member(session.random().nextInt(MEMBERS));
      int node = session.anyNode();
      int choice = session.random().nextInt(100);
      if (choice < 20) {
        return page(node, table, choice < 8 ? "" : "&consistency=linearizable");
      }
      KvAnswer answer = operation(node, table, member, choice);
      if (answer.version() > 0) {
        versions.put(table + member, answer.version());
      }
      return RecordCalls.told(answer);
    }

    @Override
    public void close() {
      session.close();
    }

    private KvAnswer operation(int node, String table, String member, int choice) {
      String query = "?tb=" + table + "&key=" + member;
      String key = table + "/" + member;
      if (choice < 45) {
        String consistency = choice < 32 ? "" : "&consistency=linearizable";
        return calls.call(
            key,
            new Action.Get(),
            () -> session.read(node, "/zscore" + query + consistency),
            Optional.empty());
      }
      if (choice < 90) {
        String score = nextScore();
        long version = choice < 70 ? 0 : versions.getOrDefault(table + member, 1L);
        String target = "/zadd" + query + "&score=" + score + "&ver=" + version;
        return calls.call(
            key,
            new Action.Put(score, version),
            () -> session.write(node, target, "", Optional.empty()),
            Optional.empty());
      }
      return calls.call(
          key,
          new Action.Delete(0),
          () -> session.write(node, "/zrem" + query, "", Optional.empty()),
          Optional.empty());
    }

    /** One look at all members. */
    boolean page(int node, String table, String consistency) throws JSONException {
      List<HistoryRecorder.Call> reads = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        reads.add(recorder.invoke(number, table + "/" + member(i), new Action.Get()));
      }
      String target = "/zrangebyrank?tb=" + table + "&offset=0&size=100&noval=false" + consistency;
      KvAnswer answer = session.read(node, target);
      boolean absent = answer.meaning() == KvAnswer.Meaning.ABSENT;
      if (answer.stale() || (answer.meaning() != KvAnswer.Meaning.OK && !absent)) {
        reads.forEach(read -> read.complete(new Outcome.Failed()));
        return false;
      }
      Map<String, Outcome> found = absent ? Map.of() : elements(answer);
      for (int i = 0; i < MEMBERS; i++) {
        reads.get(i).complete(found.getOrDefault(member(i), new Outcome.Absent()));
      }
      return true;
    }

    private Map<String, Outcome> elements(KvAnswer answer) {
      JSONArray elements = JSON.parseArray(answer.reply().orElseThrow().text());
      Map<String, Outcome> found = new HashMap<>();
      long last = Long.MIN_VALUE;
      for (int i = 0; i < elements.size(); i++) {
        JSONObject element = elements.getJSONObject(i);
        String member =
            new String(
                Base64.getDecoder().decode(element.getString("key")), StandardCharsets.US_ASCII);
        long score = Long.parseLong(element.getString("val"));
        Outcome old =
            found.put(member, Outcome.read(element.getLongValue("ver"), element.getString("val")));
        if (score < last || old != null) {
          disorders.add(elements.toString());
        }
        last = score;
      }
      return found;
    }

    /** Scores of different clients interleave, so that the order changes all the time. */
    private String nextScore() {
      scores++;
      return Long.toString(scores * 1000 + number);
    }
  }
}
