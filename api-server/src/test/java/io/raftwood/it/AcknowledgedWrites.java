package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.CallOptions;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bench.client.KvAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Write load that remembers what was acknowledged. Every key is written once, so whatever was
 * acknowledged must be there, whatever else happened. Thread-safe.
 */
final class AcknowledgedWrites {
  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration READ_LIMIT = Duration.ofSeconds(60);
  private static final long RETRY_NANOS = 10_000_000;
  private static final int VALUE_BYTES = 100;
  private static final int READERS = 8;

  private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private final String prefix;

  /** Keys begin with {@code prefix}. */
  AcknowledgedWrites(String prefix) {
    this.prefix = prefix;
  }

  /** Number of acknowledged writes so far. */
  int count() {
    return count.get();
  }

  /** Writes through {@code cluster}'s nodes in turn until told to stop. */
  void write(ProcessCluster cluster, int client, BooleanSupplier stopped) {
    int node = client % cluster.size();
    HustdbClient connection = cluster.client(node, TIMEOUT);
    try {
      for (int i = 0; !stopped.getAsBoolean(); i++) {
        String key = prefix + client + "-" + i;
        KvAnswer answer = connection.put(ascii(key), value(key), CallOptions.NONE);
        if (answer.meaning() == KvAnswer.Meaning.OK) {
          acknowledged.add(key);
          count.incrementAndGet();
        } else {
          Await.pause(RETRY_NANOS);
          connection.close();
          node = (node + 1) % cluster.size();
          connection = cluster.client(node, TIMEOUT);
        }
      }
    } finally {
      connection.close();
    }
  }

  /** Fails if an acknowledged write is not there, read through node {@code node}. */
  void assertAllReadable(ProcessCluster cluster, int node) throws InterruptedException {
    Queue<String> left = new ConcurrentLinkedQueue<>(acknowledged);
    RunningClients.Client reader =
        number -> {
          try (HustdbClient client = cluster.client(node, TIMEOUT)) {
            for (String key = left.poll(); key != null; key = left.poll()) {
              String next = key;
              Await.until("an answer for " + key, READ_LIMIT, () -> present(client, next));
            }
          }
        };
    try (RunningClients clients = RunningClients.start(READERS, reader)) {
      clients.finish(READ_LIMIT.multipliedBy(2));
    }
  }

  private static boolean present(HustdbClient client, String key) {
    KvAnswer answer = client.get(ascii(key), CallOptions.NONE);
    boolean settled = answer.meaning() != KvAnswer.Meaning.FAILED && !answer.stale();
    if (settled) {
      assertThat(answer.meaning()).as("acknowledged %s", key).isEqualTo(KvAnswer.Meaning.OK);
      assertThat(answer.value()).as(key).isEqualTo(value(key));
    }
    return settled;
  }

  private static byte[] value(String key) {
    return ascii((key + "=").repeat(VALUE_BYTES / (key.length() + 1) + 1));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
