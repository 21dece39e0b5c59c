package io.raftwood.it;

import io.raftwood.bench.client.CallOptions;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bench.client.KvAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Reads and writes in equal parts by clients that try once more, at another node, what fails. Each
 * key is written once; what was acknowledged is remembered and read again. Thread-safe.
 */
final class RetryingLoad {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final long PACE_NANOS = 4_000_000;
  private static final long PAUSE_NANOS = 100_000_000;

  private final ProcessCluster cluster;
  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final Queue<Long> failures = new ConcurrentLinkedQueue<>();
  private final AtomicInteger operations = new AtomicInteger();

  RetryingLoad(ProcessCluster cluster) {
    this.cluster = cluster;
  }

  /** Works until told to stop. */
  void run(int client, BooleanSupplier stopped) {
    Random random = new Random(client);
    List<String> own = new ArrayList<>();
    for (int i = 0; !stopped.getAsBoolean(); i++) {
      boolean write = own.isEmpty() || random.nextBoolean();
      String key = write ? "m" + client + "-" + i : own.get(random.nextInt(own.size()));
      operations.incrementAndGet();
      int node = next(random.nextInt(cluster.size()));
      boolean done = attempt(node, key, write, stopped) || again(node, key, write, stopped);
      if (!done) {
        failures.add(System.nanoTime());
      } else if (write) {
        own.add(key);
        acknowledged.add(key);
      }
      Await.pause(PACE_NANOS);
    }
  }

  /** At another node: the first one may be starting. */
  private boolean again(int first, String key, boolean write, BooleanSupplier stopped) {
    Await.pause(PAUSE_NANOS);
    return attempt(next(first + 1), key, write, stopped);
  }

  /** The first node from {@code from} on that runs. */
  private int next(int from) {
    for (int i = 0; i < cluster.size(); i++) {
      int node = (from + i) % cluster.size();
      if (cluster.answering(node)) {
        return node;
      }
    }
    return from % cluster.size();
  }

  private boolean attempt(int node, String key, boolean write, BooleanSupplier stopped) {
    try (HustdbClient client = cluster.client(node, TIMEOUT)) {
      if (write) {
        KvAnswer answer = client.put(bytes(key), bytes(key), CallOptions.NONE);
        return answer.meaning() == KvAnswer.Meaning.OK;
      }
      return stopped.getAsBoolean() || read(client, key);
    }
  }

  /** A read that is stale by its own word is no failure, and proves nothing. */
  private static boolean read(HustdbClient client, String key) {
    KvAnswer answer = client.get(bytes(key), CallOptions.NONE);
    if (answer.meaning() == KvAnswer.Meaning.FAILED) {
      return false;
    }
    if (answer.meaning() != KvAnswer.Meaning.OK && !answer.stale()) {
      throw new AssertionError("acknowledged " + key + " is " + answer.meaning());
    }
    return true;
  }

  /** Fails unless every acknowledged key can be read at node {@code node}. */
  void assertAllReadable(int node) {
    try (HustdbClient client = cluster.client(node, TIMEOUT)) {
      for (String key : acknowledged) {
        Await.until("acknowledged " + key, Duration.ofSeconds(30), () -> read(client, key));
      }
    }
  }

  /** When operations failed twice, nanoseconds of {@link System#nanoTime}. */
  List<Long> failures() {
    return List.copyOf(failures);
  }

  /** What was done. */
  String summary() {
    return operations
        + " operations, "
        + acknowledged.size()
        + " acknowledged writes, "
        + failures.size()
        + " failed twice";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
