package io.raftwood.bench.torture.workload;

import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.history.Action;
import io.raftwood.bench.history.HistoryRecorder;
import io.raftwood.bench.torture.check.CheckResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A few keys: {@code put}, with and without {@code ver} and {@code Idempotency-Key}, {@code del},
 * linearizable and plain {@code get}, {@code get2}. All of it must be linearizable, plain reads
 * that are marked stale excepted; no comparison may ever find two copies that differ.
 */
public final class RegisterWorkload implements Workload {
  private static final int SECONDS_MAX = 20;
  private static final int KEYS = 4;

  private final HistoryRecorder recorder = new HistoryRecorder();
  private final Queue<String> divergences = new ConcurrentLinkedQueue<>();

  @Override
  public String name() {
    return "register";
  }

  @Override
  public Client client(Endpoints endpoints, int number) {
    return new RegisterClient(endpoints.session(name(), number), number);
  }

  @Override
  public void finish(Endpoints endpoints) throws IOException {
    try (RegisterClient client = new RegisterClient(endpoints.session(name(), 99), 99)) {
      for (int node = 0; node < endpoints.nodes().size(); node++) {
        for (int key = 0; key < KEYS; key++) {
          int asked = node;
          String name = key(key);
          FinalReads.require(
              "get " + name,
              () -> RecordCalls.told(client.get(asked, name, "&consistency=linearizable")));
          FinalReads.require("get2 " + name, () -> RecordCalls.told(client.get2(asked, name)));
        }
      }
    }
  }

  @Override
  public List<CheckResult> check() {
    String name = "register: copies compared";
    CheckResult copies =
        divergences.isEmpty()
            ? CheckResult.passed(name, "no get2 found two that differ")
            : CheckResult.failed(name, divergences.toString());
    return List.of(Linearizability.check("register: linearizable", recorder), copies);
  }

  @Override
  public void keep(Path directory) throws IOException {
    recorder.writeTo(directory.resolve("register.jsonl"));
  }

  private static String key(int number) {
    return "register-" + number;
  }

  private final class RegisterClient implements Client {
    private final Session session;
    private final int number;
    private final RecordCalls calls;
    private final Map<String, Long> versions = new HashMap<>();
    private int written;

    RegisterClient(Session session, int number) {
      this.session = session;
      this.number = number;
      this.calls = new RecordCalls(recorder, number);
    }

    @Override
    public boolean step() {
      String key = key(session.random().nextInt(KEYS));
      int node = session.anyNode();
      int choice = session.random().nextInt(100);
      if (choice < 4) {
        return RecordCalls.told(putForAWhile(node));
      }
      KvAnswer answer = operation(key, node, choice);
      if (answer.version() > 0) {
        versions.put(key, answer.version());
      }
      return RecordCalls.told(answer);
    }

    @Override
    public void close() {
      session.close();
    }

    private KvAnswer operation(String key, int node, int choice) {
      long version = versions.getOrDefault(key, 1L);
      if (choice < 18) {
        return get(node, key, "&consistency=linearizable");
      }
      if (choice < 34) {
        return get(node, key, "");
      }
      if (choice < 46) {
        return get2(node, key);
      }
      if (choice < 68) {
        return put(node, key, 0);
      }
      if (choice < 84) {
        return put(node, key, version);
      }
      return choice < 92 ? putUntilKnown(key, version) : del(node, key, choice < 96 ? 0 : version);
    }

    /** Nothing is said of it, but that it is there, or gone, on all replicas alike. */
    private KvAnswer putForAWhile(int node) {
      int seconds = 1 + session.random().nextInt(SECONDS_MAX);
      String target = "/put?key=for-a-while-" + nextValue() + "&ttl=" + seconds;
      return session.write(node, target, "x", Optional.empty());
    }

    KvAnswer get(int node, String key, String consistency) {
      String target = "/get?key=" + key + consistency;
      return calls.call(key, new Action.Get(), () -> session.read(node, target), Optional.empty());
    }

    KvAnswer get2(int node, String key) {
      KvAnswer answer =
          calls.call(
              key,
              new Action.Get(),
              () -> session.read(node, "/get2?key=" + key),
              Optional.empty());
      boolean unlike =
          answer.detail().contains("diverged")
              || answer.reply().flatMap(reply -> reply.header("Version1")).isPresent();
      if (unlike) {
        divergences.add(key + ": " + answer.detail());
      }
      return answer;
    }

    private KvAnswer put(int node, String key, long version) {
      String value = nextValue();
      return calls.call(
          key,
          new Action.Put(value, version),
          () -> session.write(node, target(key, version), value, Optional.empty()),
          Optional.empty());
    }

    private KvAnswer putUntilKnown(String key, long version) {
      String value = nextValue();
      long expected = session.random().nextBoolean() ? version : 0;
      Optional<String> id = Optional.of("register-" + value);
      return calls.untilKnown(
          key,
          new Action.Put(value, expected),
          () -> session.write(session.anyNode(), target(key, expected), value, id));
    }

    private KvAnswer del(int node, String key, long version) {
      return calls.call(
          key,
          new Action.Delete(version),
          () -> session.write(node, "/del?key=" + key + "&ver=" + version, "", Optional.empty()),
          Optional.empty());
    }

    private String target(String key, long version) {
      return "/put?key=" + key + "&ver=" + version;
    }

    private String nextValue() {
      written++;
      return "c" + number + "-" + written;
    }
  }
}
