package io.raftwood.bench.torture.workload;

import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.torture.check.CheckResult;
import io.raftwood.bench.torture.check.CounterCheck;
import io.raftwood.bench.torture.check.MonotonicCheck;
import io.raftwood.bench.torture.check.Observation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few fields of a hash, raised by 1 with {@code hincrby}, partly under idempotency keys and then
 * repeated until the outcome is known; read by {@code hget}. No raise may get lost or happen twice.
 */
public final class CounterWorkload implements Workload {
  private static final int FIELDS = 4;
  private static final int TRIES = 12;

  private final Queue<Observation> values = new ConcurrentLinkedQueue<>();
  private final Queue<Observation> versions = new ConcurrentLinkedQueue<>();
  private final AtomicInteger repetitions = new AtomicInteger();
  private final Queue<String> unlike = new ConcurrentLinkedQueue<>();

  @Override
  public String name() {
    return "counter";
  }

  @Override
  public Client client(Endpoints endpoints, int number) {
    return new CounterClient(endpoints.session(name(), number), number);
  }

  @Override
  public void finish(Endpoints endpoints) throws IOException {
    try (CounterClient client = new CounterClient(endpoints.session(name(), 99), 99)) {
      for (int node = 0; node < endpoints.nodes().size(); node++) {
        for (int field = 0; field < FIELDS; field++) {
          int asked = node;
          String name = field(field);
          FinalReads.require(
              "hget " + name, () -> client.read(asked, name, "&consistency=linearizable"));
        }
      }
    }
  }

  @Override
  public List<CheckResult> check() {
    String name = "counter: repetitions answered alike";
    CheckResult alike =
        unlike.isEmpty()
            ? CheckResult.passed(name, repetitions + " after success")
            : CheckResult.failed(name, unlike.toString());
    return List.of(
        CounterCheck.check("counter: every raise once", List.copyOf(values)),
        alike,
        MonotonicCheck.check("counter: versions never go back", List.copyOf(versions)));
  }

  @Override
  public void keep(Path directory) throws IOException {
    List<String> lines = values.stream().map(Observation::toJson).toList();
    Files.write(directory.resolve("counter.jsonl"), lines);
  }

  private static String field(int number) {
    return "f" + number;
  }

  private final class CounterClient implements Client {
    private final Session session;
    private final int number;
    private int raises;

    CounterClient(Session session, int number) {
      this.session = session;
      this.number = number;
    }

    @Override
    public boolean step() {
      String field = field(session.random().nextInt(FIELDS));
      int choice = session.random().nextInt(100);
      if (choice < 45) {
        return raise(field, Optional.empty());
      }
      if (choice < 75) {
        raises++;
        return raise(field, Optional.of("counter-" + number + "-" + raises));
      }
      String consistency = choice < 87 ? "" : "&consistency=linearizable";
      return read(session.anyNode(), field, consistency);
    }

    @Override
    public void close() {
      session.close();
    }

    private boolean raise(String field, Optional<String> id) {
      long start = session.now();
      boolean maybeDone = false;
      int tries = id.isPresent() ? TRIES : 1;
      for (int i = 0; i < tries; i++) {
        String target = "/hincrby?tb=torture_counter&val=1&key=" + field;
        KvAnswer answer = session.write(session.anyNode(), target, "", id);
        if (answer.meaning() == KvAnswer.Meaning.OK) {
          long value = number(answer);
          values.add(Observation.of(field, true, start, session.now(), value));
          if (id.isPresent() && session.random().nextInt(4) == 0) {
            repeat(target, id.get(), value);
          }
          return true;
        }
        // A counter is always there and a number: any other answer than success is none.
        maybeDone |= answer.meaning() != KvAnswer.Meaning.FAILED;
        Pace.afterFailure();
      }
      if (maybeDone) {
        values.add(Observation.unknown(field, start));
      }
      return false;
    }

    /** As a client does whose connection broke before the answer: it must get the same one. */
    private void repeat(String target, String id, long value) {
      KvAnswer again = session.write(session.anyNode(), target, "", Optional.of(id));
      if (again.meaning() == KvAnswer.Meaning.OK) {
        repetitions.incrementAndGet();
        if (number(again) != value) {
          unlike.add(id + " was answered " + value + ", then " + number(again));
        }
      }
    }

    boolean read(int node, String field, String consistency) {
      long start = session.now();
      KvAnswer answer = session.read(node, "/hget?tb=torture_counter&key=" + field + consistency);
      boolean absent = answer.meaning() == KvAnswer.Meaning.ABSENT;
      if (answer.stale() || (answer.meaning() != KvAnswer.Meaning.OK && !absent)) {
        return false;
      }
      long end = session.now();
      values.add(Observation.of(field, false, start, end, absent ? 0 : number(answer)));
      versions.add(Observation.of(field, false, start, end, answer.version()));
      return true;
    }

    private long number(KvAnswer answer) {
      String text = answer.reply().orElseThrow().text();
      return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }
  }
}
