package io.raftwood.bench.torture.workload;

import com.alibaba.fastjson2.JSONArray;
import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.history.Action;
import io.raftwood.bench.history.HistoryRecorder;
import io.raftwood.bench.history.Outcome;
import io.raftwood.bench.torture.check.Observation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** One client of {@link TreeWorkload}. */
final class TreeClient implements Workload.Client {
  private static final int TRIES = 8;
  private static final long THERE = 1;
  private static final int OWN_KEYS = 40;

  private final Session session;
  private final int number;
  private final Notes notes;
  private final List<String> shared = TreeWorkload.sharedKeys();
  private final Map<String, String> seen = new HashMap<>();
  private final List<String> own = new ArrayList<>();
  private int written;

  /**
   * Where everything is recorded.
   *
   * @param versions mod-revisions of the entries
   * @param numbers what became of the number that is raised
   * @param disorders answers whose keys are not in order
   * @param keys all keys that a single client uses
   */
  record Notes(
      HistoryRecorder recorder,
      Queue<Observation> versions,
      Queue<Observation> numbers,
      Queue<String> disorders,
      Set<String> keys) {}

  TreeClient(Session session, int number, Notes notes) {
    this.session = session;
    this.number = number;
    this.notes = notes;
  }

  @Override
  public boolean step() {
    int choice = session.random().nextInt(100);
    if (choice < 25) {
      return change(sharedKey(), choice);
    }
    if (choice < 55) {
      return ownKey();
    }
    if (choice < 72) {
      return get(session.anyNode(), sharedKey(), choice < 60 ? "lease" : "linearizable");
    }
    if (choice < 82) {
      return seek(session.anyNode(), sharedKey());
    }
    return choice < 86 ? range(session.anyNode()) : raise();
  }

  @Override
  public void close() {
    session.close();
  }

  private String sharedKey() {
    return shared.get(session.random().nextInt(shared.size()));
  }

  private boolean change(String key, int choice) {
    Optional<String> old = Optional.ofNullable(seen.get(key));
    String value = nextValue();
    if (choice < 9) {
      return write("insert", key, new Action.Insert(value), "value", value);
    }
    if (choice < 13) {
      return write("delete", key, new Action.Remove(Optional.empty()));
    }
    if (choice < 17 && old.isPresent()) {
      return write("delete", key, new Action.Remove(old), "old_value", old.get());
    }
    return old.isPresent()
        ? write("setcas", key, new Action.Swap(old, value), "old_value", old.get(), "value", value)
        : write("setcas", key, new Action.Swap(old, value), "value", value);
  }

  /** Keys that this client alone adds and removes: the tree grows and shrinks by them. */
  private boolean ownKey() {
    boolean removes = !own.isEmpty() && session.random().nextInt(OWN_KEYS) < own.size();
    if (removes) {
      String key = own.remove(session.random().nextInt(own.size()));
      return write("delete", key, new Action.Remove(Optional.empty()));
    }
    String value = nextValue();
    // Spread over the whole range of keys, between the shared ones too.
    String key = "k" + (char) ('a' + session.random().nextInt(20)) + "-" + value;
    own.add(key);
    notes.keys().add(key);
    return write("insert", key, new Action.Insert(value), "value", value);
  }

  private boolean write(String call, String key, Action action, String... more) {
    String[] pairs = new String[4 + more.length];
    System.arraycopy(new String[] {"tree_id", TreeWorkload.TREE, "key", key}, 0, pairs, 0, 4);
    System.arraycopy(more, 0, pairs, 4, more.length);
    Optional<String> id =
        session.random().nextInt(4) == 0
            ? Optional.of("tree-" + number + "-" + nextValue())
            : Optional.empty();
    HistoryRecorder.Call record = notes.recorder().invoke(number, key, action);
    TreeAnswer answer = session.tree(session.anyNode(), call, true, id, pairs);
    boolean maybeDone = false;
    for (int i = 1; i < TRIES && id.isPresent() && !told(answer); i++) {
      maybeDone |= answer.meaning() == KvAnswer.Meaning.UNKNOWN;
      Pace.afterFailure();
      answer = session.tree(session.anyNode(), call, true, id, pairs);
    }
    Outcome outcome = outcome(action, answer);
    boolean open = maybeDone && outcome instanceof Outcome.Failed;
    record.complete(open ? new Outcome.Unknown() : outcome);
    return told(answer);
  }

  private static Outcome outcome(Action action, TreeAnswer answer) {
    return switch (answer.meaning()) {
      case OK -> done(action, answer);
      case CONFLICT -> new Outcome.Kept();
      case UNKNOWN -> new Outcome.Unknown();
      // The tree is there all the time: that it is not is explained by nothing.
      case ABSENT -> Outcome.written(-1);
      case FAILED -> new Outcome.Failed();
    };
  }

  private static Outcome done(Action action, TreeAnswer answer) {
    if (action instanceof Action.Insert) {
      return answer.data().isPresent() ? Outcome.written(THERE) : new Outcome.Kept();
    }
    if (action instanceof Action.Remove) {
      boolean existed = answer.envelope().getBooleanValue("existed");
      return existed ? Outcome.written(THERE) : new Outcome.Absent();
    }
    return Outcome.written(THERE);
  }

  private boolean get(int node, String key, String consistency) {
    HistoryRecorder.Call record = notes.recorder().invoke(number, key, new Action.Get());
    long start = session.now();
    TreeAnswer answer =
        session.tree(
            node,
            "get",
            false,
            Optional.empty(),
            "tree_id",
            TreeWorkload.TREE,
            "key",
            key,
            "consistency",
            consistency);
    boolean noTree = answer.meaning() == KvAnswer.Meaning.ABSENT;
    Outcome otherwise = noTree ? Outcome.written(-1) : new Outcome.Failed();
    record.complete(answer.ok() ? read(answer.data()) : otherwise);
    if (!answer.ok()) {
      return false;
    }
    seen.remove(key);
    answer.data().ifPresent(value -> seen.put(key, value));
    if (answer.data().isPresent()) {
      long version = answer.envelope().getLongValue("version");
      notes.versions().add(Observation.of(key, false, start, session.now(), version));
    }
    return true;
  }

  private static Outcome read(Optional<String> value) {
    return value.map(text -> Outcome.read(THERE, text)).orElseGet(Outcome.Absent::new);
  }

  /** What {@code seek} says of the shared keys up to both neighbours, as probes of these. */
  private boolean seek(int node, String key) {
    Map<String, HistoryRecorder.Call> probes = new LinkedHashMap<>();
    for (String one : shared) {
      probes.put(one, notes.recorder().invoke(number, one, new Action.Probe()));
    }
    TreeAnswer answer =
        session.tree(
            node, "seek", false, Optional.empty(), "tree_id", TreeWorkload.TREE, "key", key);
    JSONArray beside = answer.ok() ? answer.envelope().getJSONArray("data") : new JSONArray();
    boolean exact = answer.envelope().getBooleanValue("exact");
    probes.forEach(
        (one, probe) ->
            probe.complete(
                beside.size() == 2
                    ? probed(one, key, exact, beside.getString(0), beside.getString(1))
                    : new Outcome.Failed()));
    if (beside.size() == 2) {
      boolean before = beside.getString(0).compareTo(key) < 0;
      String next = beside.getString(1);
      if (!before || (!next.isEmpty() && next.compareTo(key) <= 0)) {
        notes.disorders().add("seek " + key + ": " + beside);
      }
    }
    return answer.ok();
  }

  private static Outcome probed(
      String one, String key, boolean exact, String previous, String next) {
    boolean there = one.equals(key) ? exact : one.equals(previous) || one.equals(next);
    if (there) {
      return Outcome.written(0);
    }
    boolean between = one.compareTo(previous) > 0 && (next.isEmpty() || one.compareTo(next) < 0);
    return between ? new Outcome.Absent() : new Outcome.Failed();
  }

  /** One page over the whole tree, if it is one page. */
  private boolean range(int node) {
    return everything(node, shared).isPresent();
  }

  /** Reads the whole tree in one page, as a read of each of {@code keys}; the keys in it. */
  Optional<List<String>> everything(int node, Collection<String> keys) {
    Map<String, HistoryRecorder.Call> reads = new LinkedHashMap<>();
    for (String key : keys) {
      reads.put(key, notes.recorder().invoke(number, key, new Action.Get()));
    }
    TreeAnswer answer =
        session.tree(
            node, "range", false, Optional.empty(), "tree_id", TreeWorkload.TREE, "limit", "10000");
    boolean whole = answer.ok() && !answer.envelope().getBooleanValue("more");
    if (!whole) {
      reads.values().forEach(read -> read.complete(new Outcome.Failed()));
      return Optional.empty();
    }
    JSONArray entries = answer.envelope().getJSONArray("data");
    Map<String, String> found = new LinkedHashMap<>();
    String last = "";
    for (int i = 0; i < entries.size(); i++) {
      String key = entries.getJSONArray(i).getString(0);
      if (key.compareTo(last) <= 0) {
        notes.disorders().add("range: " + key + " behind " + last);
      }
      found.put(key, entries.getJSONArray(i).getString(1));
      last = key;
    }
    reads.forEach((key, read) -> read.complete(read(Optional.ofNullable(found.get(key)))));
    return Optional.of(List.copyOf(found.keySet()));
  }

  /** The number as it is now. */
  Optional<Long> readNumber(int node, String consistency) {
    long start = session.now();
    TreeAnswer answer =
        session.tree(
            node,
            "get",
            false,
            Optional.empty(),
            "tree_id",
            TreeWorkload.TREE,
            "key",
            TreeWorkload.NUMBER,
            "consistency",
            consistency);
    Optional<Long> value = answer.ok() ? answer.data().map(Long::parseLong) : Optional.empty();
    value.ifPresent(
        now ->
            notes
                .numbers()
                .add(Observation.of(TreeWorkload.NUMBER, false, start, session.now(), now)));
    return value;
  }

  private boolean raise() {
    Optional<Long> now = readNumber(session.anyNode(), "linearizable");
    if (now.isEmpty()) {
      return false;
    }
    long start = session.now();
    TreeAnswer answer =
        session.tree(
            session.anyNode(),
            "setcas",
            true,
            Optional.empty(),
            "tree_id",
            TreeWorkload.TREE,
            "key",
            TreeWorkload.NUMBER,
            "old_value",
            now.get().toString(),
            "value",
            Long.toString(now.get() + 1));
    if (answer.ok()) {
      notes
          .numbers()
          .add(Observation.of(TreeWorkload.NUMBER, true, start, session.now(), now.get() + 1));
    } else if (answer.meaning() == KvAnswer.Meaning.UNKNOWN) {
      notes.numbers().add(Observation.unknown(TreeWorkload.NUMBER, start));
    }
    return told(answer);
  }

  private static boolean told(TreeAnswer answer) {
    return answer.meaning() != KvAnswer.Meaning.UNKNOWN
        && answer.meaning() != KvAnswer.Meaning.FAILED;
  }

  private String nextValue() {
    written++;
    return "c" + number + "-" + written;
  }
}
