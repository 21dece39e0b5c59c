package io.raftwood.it;

import io.raftwood.bench.client.CallOptions;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.history.Action;
import io.raftwood.bench.history.HistoryRecorder;
import io.raftwood.bench.history.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** One client of the register workload: random operations through random nodes, recorded. */
final class RegisterClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final long PACE_NANOS = 2_000_000;
  private static final long PACE_AFTER_FAILURE_NANOS = 20_000_000;

  private final int number;
  private final HistoryRecorder recorder;
  private final CallOptions reads;
  private final Random random;
  private final List<HustdbClient> nodes = new ArrayList<>();
  private final Map<String, Long> seen = new HashMap<>();
  private int written;

  /**
   * A client.
   *
   * @param consistency of its reads; empty = the server's default
   */
  RegisterClient(
      int number,
      ProcessCluster cluster,
      HistoryRecorder recorder,
      Optional<String> consistency,
      long seed) {
    this.number = number;
    this.recorder = recorder;
    this.reads = consistency.map(CallOptions.NONE::withConsistency).orElse(CallOptions.NONE);
    this.random = new Random(seed * 1000 + number);
    for (int i = 0; i < cluster.size(); i++) {
      nodes.add(cluster.client(i, TIMEOUT));
    }
  }

  /** Works on {@code keys} records until told to stop. */
  void run(int keys, BooleanSupplier stopped) {
    while (!stopped.getAsBoolean()) {
      String key = "register-" + random.nextInt(keys);
      boolean definite = call(nodes.get(random.nextInt(nodes.size())), key, nextAction(key));
      Await.pause(definite ? PACE_NANOS : PACE_AFTER_FAILURE_NANOS);
    }
  }

  /** Reads every record through every node. */
  void readAll(int keys) {
    for (HustdbClient node : nodes) {
      for (int i = 0; i < keys; i++) {
        call(node, "register-" + i, new Action.Get());
      }
    }
  }

  @Override
  public void close() {
    nodes.forEach(HustdbClient::close);
  }

  private Action nextAction(String key) {
    int choice = random.nextInt(100);
    long version = seen.getOrDefault(key, 1L);
    if (choice < 45) {
      return new Action.Get();
    }
    if (choice < 70) {
      return new Action.Put(nextValue(), 0);
    }
    if (choice < 90) {
      return new Action.Put(nextValue(), version);
    }
    return new Action.Delete(choice < 95 ? 0 : version);
  }

  private String nextValue() {
    written++;
    return "c" + number + "-" + written;
  }

  private boolean call(HustdbClient node, String key, Action action) {
    HistoryRecorder.Call call = recorder.invoke(number, key, action);
    KvAnswer answer = send(node, key.getBytes(StandardCharsets.US_ASCII), action);
    Outcome outcome = outcome(action, answer);
    call.complete(outcome);
    if (answer.meaning() == KvAnswer.Meaning.OK || answer.meaning() == KvAnswer.Meaning.CONFLICT) {
      seen.put(key, Math.max(1, answer.version()));
    }
    return outcome.definite();
  }

  private KvAnswer send(HustdbClient node, byte[] key, Action action) {
    if (action instanceof Action.Put put) {
      byte[] value = put.value().getBytes(StandardCharsets.US_ASCII);
      return node.put(key, value, CallOptions.NONE.withExpectedVersion(put.expectedVersion()));
    }
    if (action instanceof Action.Delete delete) {
      return node.del(key, CallOptions.NONE.withExpectedVersion(delete.expectedVersion()));
    }
    return node.get(key, reads);
  }

  private static Outcome outcome(Action action, KvAnswer answer) {
    // A stale answer promises nothing, so it is no evidence either.
    if (answer.stale()) {
      return new Outcome.Failed();
    }
    return switch (answer.meaning()) {
      case OK -> done(action, answer);
      case ABSENT -> new Outcome.Absent();
      case CONFLICT -> new Outcome.VersionMismatch(answer.version());
      case UNKNOWN -> new Outcome.Unknown();
      case FAILED -> new Outcome.Failed();
    };
  }

  private static Outcome done(Action action, KvAnswer answer) {
    return action.readOnly()
        ? Outcome.read(answer.version(), new String(answer.value(), StandardCharsets.ISO_8859_1))
        : Outcome.written(answer.version());
  }
}
