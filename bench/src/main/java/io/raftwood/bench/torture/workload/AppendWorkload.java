package io.raftwood.bench.torture.workload;

import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.torture.check.Append;
import io.raftwood.bench.torture.check.AppendCheck;
import io.raftwood.bench.torture.check.CheckResult;
import io.raftwood.bench.torture.check.CounterCheck;
import io.raftwood.bench.torture.check.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The cache: unique pieces appended to a few values, and fields raised by 1. Every acknowledged one
 * is there once, in an order that agrees with time. The cache may forget everything when a majority
 * of the nodes loses its memory: then nothing can be said of it.
 */
public final class AppendWorkload implements Workload {
  private static final int KEYS = 3;
  private static final String COUNTER = "/cache/hincrby?tb=torture_cache&val=1&key=";
  private static final String FIELD = "/cache/hget?tb=torture_cache&key=";

  private final Queue<Append> appends = new ConcurrentLinkedQueue<>();
  private final Queue<Observation> counters = new ConcurrentLinkedQueue<>();
  private final Optional<String> notJudged;

  /**
   * A workload.
   *
   * @param notJudged why the cache may forget everything in this run; empty = it may not
   */
  public AppendWorkload(Optional<String> notJudged) {
    this.notJudged = notJudged;
  }

  @Override
  public String name() {
    return Workloads.APPEND;
  }

  /** The cache begins a little later than everything else. */
  @Override
  public void prepare(Endpoints endpoints) throws IOException {
    try (Session session = endpoints.session(name(), 98)) {
      FinalReads.require(
          "cache/put",
          () ->
              session
                      .write(
                          session.anyNode(), "/cache/put?key=torture-begin", "x", Optional.empty())
                      .meaning()
                  == KvAnswer.Meaning.OK);
    }
  }

  @Override
  public Client client(Endpoints endpoints, int number) {
    return new AppendClient(endpoints.session(name(), number), number);
  }

  @Override
  public void finish(Endpoints endpoints) throws IOException {
    try (AppendClient client = new AppendClient(endpoints.session(name(), 99), 99)) {
      for (int node = 0; node < endpoints.nodes().size(); node++) {
        for (int number = 0; number < KEYS; number++) {
          int asked = node;
          int key = number;
          FinalReads.require(
              "cache/get " + key, () -> client.read(asked, key, "&consistency=linearizable"));
          FinalReads.require(
              "cache/hget " + key, () -> client.look(asked, key, "&consistency=linearizable"));
        }
      }
    }
  }

  @Override
  public List<CheckResult> check() {
    if (notJudged.isPresent()) {
      return List.of(CheckResult.skipped("append: not judged", notJudged.get()));
    }
    return List.of(
        AppendCheck.check("append: every piece once, in order", List.copyOf(appends)),
        CounterCheck.check("append: every raise once", List.copyOf(counters)));
  }

  @Override
  public void keep(Path directory) throws IOException {
    Files.write(directory.resolve("append.jsonl"), appends.stream().map(Append::toJson).toList());
    Files.write(
        directory.resolve("append-counters.jsonl"),
        counters.stream().map(Observation::toJson).toList());
  }

  private final class AppendClient implements Client {
    private final Session session;
    private final int number;
    private int sent;

    AppendClient(Session session, int number) {
      this.session = session;
      this.number = number;
    }

    @Override
    public boolean step() {
      int choice = session.random().nextInt(100);
      int key = session.random().nextInt(KEYS);
      String consistency = session.random().nextBoolean() ? "" : "&consistency=linearizable";
      if (choice < 50) {
        return append(key);
      }
      if (choice < 70) {
        return raise(key);
      }
      return choice < 90
          ? read(session.anyNode(), key, consistency)
          : look(session.anyNode(), key, consistency);
    }

    @Override
    public void close() {
      session.close();
    }

    private boolean append(int key) {
      sent++;
      String piece = number + "-" + sent + AppendCheck.END;
      long start = session.now();
      String target = "/cache/append?key=" + name(key);
      KvAnswer answer = session.write(session.anyNode(), target, piece, Optional.empty());
      boolean done = answer.meaning() == KvAnswer.Meaning.OK;
      if (answer.meaning() != KvAnswer.Meaning.FAILED) {
        long end = done ? session.now() : Long.MAX_VALUE;
        appends.add(new Append(name(key), piece, true, start, end));
      }
      return done;
    }

    private boolean raise(int key) {
      long start = session.now();
      String target = COUNTER + name(key);
      KvAnswer answer = session.write(session.anyNode(), target, "", Optional.empty());
      if (answer.meaning() == KvAnswer.Meaning.OK) {
        counters.add(Observation.of(name(key), true, start, session.now(), number(answer)));
        return true;
      }
      if (answer.meaning() != KvAnswer.Meaning.FAILED) {
        counters.add(Observation.unknown(name(key), start));
      }
      return false;
    }

    boolean read(int node, int key, String consistency) {
      long start = session.now();
      KvAnswer answer = session.read(node, "/cache/get?key=" + name(key) + consistency);
      if (!evidence(answer)) {
        return false;
      }
      boolean there = answer.meaning() == KvAnswer.Meaning.OK;
      String value = there ? new String(answer.value(), StandardCharsets.US_ASCII) : "";
      appends.add(new Append(name(key), value, false, start, session.now()));
      return true;
    }

    boolean look(int node, int key, String consistency) {
      long start = session.now();
      KvAnswer answer = session.read(node, FIELD + name(key) + consistency);
      if (!evidence(answer)) {
        return false;
      }
      long value = answer.meaning() == KvAnswer.Meaning.OK ? number(answer) : 0;
      counters.add(Observation.of(name(key), false, start, session.now(), value));
      return true;
    }

    private boolean evidence(KvAnswer answer) {
      return RecordCalls.told(answer) && !answer.stale();
    }

    private String name(int key) {
      return "torture-" + key;
    }

    private long number(KvAnswer answer) {
      String text = answer.reply().orElseThrow().text();
      return text.matches("-?[0-9]{1,18}") ? Long.parseLong(text) : -1;
    }
  }
}
