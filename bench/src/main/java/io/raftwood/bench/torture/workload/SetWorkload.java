package io.raftwood.bench.torture.workload;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONArray;
import com.alibaba.fastjson2.JSONException;
import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.history.Action;
import io.raftwood.bench.history.HistoryRecorder;
import io.raftwood.bench.torture.check.CheckResult;
import io.raftwood.bench.torture.check.MembersCheck;
import io.raftwood.bench.torture.timeline.Waits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Two sets: one to which members are added once each, and which every node must show whole at the
 * end by {@code smembers}; and one with a few members that everybody adds, removes and looks for,
 * which must be linearizable.
 */
public final class SetWorkload implements Workload {
  private static final int CONTESTED = 5;
  private static final int PAGE = 1000;
  private static final int REPLICAS_MAX = 3;
  private static final String VALUE = "member";
  private static final Duration LISTING_LIMIT = Duration.ofSeconds(30);

  private final HistoryRecorder recorder = new HistoryRecorder();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final List<CheckResult> listings = new ArrayList<>();

  @Override
  public String name() {
    return "set";
  }

  @Override
  public Client client(Endpoints endpoints, int number) {
    return new SetClient(endpoints.session(name(), number), number);
  }

  @Override
  public void finish(Endpoints endpoints) throws IOException {
    try (SetClient client = new SetClient(endpoints.session(name(), 99), 99)) {
      for (int node = 0; node < endpoints.nodes().size(); node++) {
        for (int member = 0; member < CONTESTED; member++) {
          int asked = node;
          String name = "c" + member;
          FinalReads.require(
              "sismember " + name,
              () -> RecordCalls.told(client.find(asked, name, "&consistency=linearizable")));
        }
      }
      listings.add(client.listing(endpoints.nodes().size()));
    }
  }

  @Override
  public List<CheckResult> check() {
    List<CheckResult> results = new ArrayList<>(listings);
    results.add(Linearizability.check("set: linearizable", recorder));
    return results;
  }

  @Override
  public void keep(Path directory) throws IOException {
    recorder.writeTo(directory.resolve("set.jsonl"));
    Files.write(directory.resolve("set-acknowledged.txt"), acknowledged);
    Files.write(directory.resolve("set-unknown.txt"), unknown);
  }

  private final class SetClient implements Client {
    private final Session session;
    private final int number;
    private final RecordCalls calls;
    private int added;

    SetClient(Session session, int number) {
      this.session = session;
      this.number = number;
      this.calls = new RecordCalls(recorder, number);
    }

    @Override
    public boolean step() {
      int choice = session.random().nextInt(100);
      if (choice < 50) {
        return addOnce();
      }
      String member = "c" + session.random().nextInt(CONTESTED);
      int node = session.anyNode();
      if (choice < 80) {
        String consistency = choice < 65 ? "" : "&consistency=linearizable";
        return RecordCalls.told(find(node, member, consistency));
      }
      boolean adds = choice < 91;
      Action action = adds ? new Action.Put(VALUE, 0) : new Action.Delete(0);
      String target = (adds ? "/sadd" : "/srem") + "?tb=torture_contested";
      return RecordCalls.told(
          calls.call(
              member,
              action,
              () -> session.write(node, target, member, Optional.empty()),
              Optional.empty()));
    }

    @Override
    public void close() {
      session.close();
    }

    private boolean addOnce() {
      added++;
      String member = "m" + number + "-" + added;
      KvAnswer answer =
          session.write(session.anyNode(), "/sadd?tb=torture_set", member, Optional.empty());
      if (answer.meaning() == KvAnswer.Meaning.OK) {
        acknowledged.add(member);
      } else if (answer.meaning() != KvAnswer.Meaning.FAILED) {
        unknown.add(member);
      }
      return answer.meaning() == KvAnswer.Meaning.OK;
    }

    KvAnswer find(int node, String member, String consistency) {
      byte[] body = member.getBytes(StandardCharsets.US_ASCII);
      String target = "/sismember?tb=torture_contested" + consistency;
      return calls.call(
          member,
          new Action.Get(),
          () -> session.read(node, "POST", target, body),
          Optional.of(VALUE));
    }

    /** Replicas may lag behind a little, so they have some time to show everything. */
    CheckResult listing(int nodes) throws IOException {
      int replicas = Math.min(REPLICAS_MAX, nodes);
      String name = "set: members on " + replicas + " of " + nodes + " nodes";
      List<CheckResult> last = new ArrayList<>();
      Waits.until(
          LISTING_LIMIT,
          () -> {
            List<List<String>> shown = new ArrayList<>();
            for (int peer = 0; peer < nodes; peer++) {
              shown.add(members(peer));
            }
            last.clear();
            last.add(MembersCheck.check(name, acknowledged, unknown, shown, replicas));
            return last.get(0).green();
          });
      if (last.isEmpty()) {
        throw new IOException("no answer to smembers");
      }
      return last.get(0);
    }

    private List<String> members(int peer) throws IOException {
      List<String> members = new ArrayList<>();
      int page = PAGE;
      while (page == PAGE) {
        String target =
            "/smembers?tb=torture_set&peer=" + peer + "&size=" + PAGE + "&offset=" + members.size();
        KvAnswer answer = session.read(peer, target);
        boolean none = answer.meaning() == KvAnswer.Meaning.ABSENT;
        if (answer.meaning() != KvAnswer.Meaning.OK && !none) {
          throw new IOException("smembers: " + answer.detail());
        }
        page = none ? 0 : addTo(members, answer);
      }
      return members;
    }

    private int addTo(List<String> members, KvAnswer answer) throws IOException {
      try {
        JSONArray elements = JSON.parseArray(answer.reply().orElseThrow().text());
        for (int i = 0; i < elements.size(); i++) {
          byte[] raw = Base64.getDecoder().decode(elements.getJSONObject(i).getString("key"));
          members.add(new String(raw, StandardCharsets.US_ASCII));
        }
        return elements.size();
      } catch (JSONException e) {
        throw new IOException("smembers is not JSON", e);
      }
    }
  }
}
