package io.raftwood.bench.torture.workload;

import io.raftwood.bench.history.HistoryRecorder;
import io.raftwood.bench.torture.check.CheckResult;
import io.raftwood.bench.torture.check.CounterCheck;
import io.raftwood.bench.torture.check.MonotonicCheck;
import io.raftwood.bench.torture.check.Observation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One tree: {@code insert delete setcas get seek range} on a few keys that everybody uses and on
 * ever new ones, so that nodes split and merge; and a number that is raised by {@code get} and
 * {@code setcas}. Each key must be linearizable, also as {@code seek} and {@code range} show it; a
 * number's value is made by one client; in the end the nodes form a B+tree with exactly these keys.
 *
 * <p>{@code seek} and {@code range} are checked key by key: that all that one answer shows was true
 * at one moment is not checked.
 */
public final class TreeWorkload implements Workload {
  /** The tree's name. */
  static final String TREE = "torture";

  /** The key of the number that is raised. */
  static final String NUMBER = "number";

  private static final int SHARED = 16;

  private final HistoryRecorder recorder = new HistoryRecorder();
  private final Queue<Observation> versions = new ConcurrentLinkedQueue<>();
  private final Queue<Observation> numbers = new ConcurrentLinkedQueue<>();
  private final Queue<String> disorders = new ConcurrentLinkedQueue<>();
  private final Set<String> ownKeys = ConcurrentHashMap.newKeySet();
  private final List<CheckResult> shapes = new ArrayList<>();
  private final int leafMax;
  private final int innerMax;

  /**
   * A workload on trees of this shape.
   *
   * @param leafMax the servers' {@code dt.leaf-max}
   * @param innerMax the servers' {@code dt.inner-max}
   */
  public TreeWorkload(int leafMax, int innerMax) {
    this.leafMax = leafMax;
    this.innerMax = innerMax;
  }

  @Override
  public String name() {
    return "tree";
  }

  @Override
  public void prepare(Endpoints endpoints) throws IOException {
    try (Session session = endpoints.session(name(), 98)) {
      Optional<String> none = Optional.empty();
      FinalReads.require(
          "create",
          () -> session.tree(session.anyNode(), "create", true, none, "tree_id", TREE).ok());
      FinalReads.require(
          "insert",
          () ->
              session
                  .tree(
                      session.anyNode(),
                      "insert",
                      true,
                      none,
                      "tree_id",
                      TREE,
                      "key",
                      NUMBER,
                      "value",
                      "0")
                  .ok());
    }
  }

  @Override
  public Client client(Endpoints endpoints, int number) {
    return newClient(endpoints, number);
  }

  @Override
  public void finish(Endpoints endpoints) throws IOException {
    try (TreeClient client = newClient(endpoints, 99)) {
      List<String> keys = new ArrayList<>();
      for (int node = 0; node < endpoints.nodes().size(); node++) {
        int asked = node;
        FinalReads.require(
            "range",
            () -> {
              Optional<List<String>> found = client.everything(asked, allKeys());
              keys.clear();
              found.ifPresent(keys::addAll);
              return found.isPresent();
            });
        FinalReads.require(
            "get number", () -> client.readNumber(asked, "linearizable").isPresent());
      }
      try (Session session = endpoints.session(name(), 97)) {
        shapes.add(new TreeShape(session, leafMax, innerMax).check(keys));
      }
    }
  }

  @Override
  public List<CheckResult> check() {
    List<CheckResult> results = new ArrayList<>(shapes);
    results.add(Linearizability.check("tree: linearizable", recorder));
    results.add(CounterCheck.check("tree: setcas excludes", List.copyOf(numbers)));
    results.add(MonotonicCheck.check("tree: versions never go back", List.copyOf(versions)));
    String name = "tree: ranges and neighbours in order";
    results.add(
        disorders.isEmpty()
            ? CheckResult.passed(name, "all of them")
            : CheckResult.failed(name, disorders.toString()));
    return results;
  }

  @Override
  public void keep(Path directory) throws IOException {
    recorder.writeTo(directory.resolve("tree.jsonl"));
  }

  private TreeClient newClient(Endpoints endpoints, int number) {
    TreeClient.Notes notes = new TreeClient.Notes(recorder, versions, numbers, disorders, ownKeys);
    return new TreeClient(endpoints.session(name(), number), number, notes);
  }

  private List<String> allKeys() {
    List<String> keys = new ArrayList<>(ownKeys);
    keys.addAll(sharedKeys());
    return keys;
  }

  /** The keys that everybody uses. */
  static List<String> sharedKeys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < SHARED; i++) {
      keys.add("k" + (char) ('a' + i));
    }
    return keys;
  }
}
