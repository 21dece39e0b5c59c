package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Writes to the cache that remember what was acknowledged. Every key is written once, so whatever
 * was acknowledged must be there while the cache forgets nothing. Thread-safe.
 */
final class CacheWrites {
  /** Part of every value. */
  static final String MARKER = "marker-of-the-cache";

  private static final Duration TIMEOUT = Duration.ofSeconds(3);
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final long PAUSE_NANOS = 4_000_000;
  private static final long RETRY_NANOS = 20_000_000;
  private static final byte[] NO_BODY = new byte[0];

  private final ProcessCluster cluster;
  private final AtomicInteger number = new AtomicInteger();
  private final List<String> acknowledged = new ArrayList<>();

  CacheWrites(ProcessCluster cluster) {
    this.cluster = cluster;
  }

  /** How many writes are to be found. */
  int count() {
    synchronized (acknowledged) {
      return acknowledged.size();
    }
  }

  /** What was written so far may be lost. */
  void forget() {
    synchronized (acknowledged) {
      acknowledged.clear();
    }
  }

  /** Writes through the cluster's nodes in turn until told to stop. */
  void write(int client, BooleanSupplier stopped) {
    int node = client % cluster.size();
    HustdbClient connection = cluster.client(node, TIMEOUT);
    try {
      while (!stopped.getAsBoolean()) {
        String key = "c" + number.incrementAndGet();
        boolean done = put(connection, key);
        Await.pause(done ? PAUSE_NANOS : RETRY_NANOS);
        if (!done) {
          connection.close();
          node = (node + 1) % cluster.size();
          connection = cluster.client(node, TIMEOUT);
        }
      }
    } finally {
      connection.close();
    }
  }

  private boolean put(HustdbClient connection, String key) {
    try {
      HttpReply reply = connection.request("POST", "/cache/put?key=" + key, value(key));
      if (reply.status() != 200) {
        return false;
      }
    } catch (IOException e) {
      return false;
    }
    synchronized (acknowledged) {
      acknowledged.add(key);
    }
    return true;
  }

  /** Waits until writes through every node succeed, and every node that should vote does. */
  void awaitWhole() {
    for (int node = 0; node < cluster.size(); node++) {
      int through = node;
      Await.until(
          "a cache write through n" + (node + 1) + " with all voters up to date",
          LIMIT,
          () -> whole(through),
          cluster::logs);
    }
  }

  private boolean whole(int node) throws IOException {
    try (HustdbClient client = cluster.client(node, TIMEOUT)) {
      HttpReply reply = client.request("POST", "/cache/put?key=probe" + node, value("probe"));
      return reply.status() == 200 && reply.header("Fail").isEmpty();
    }
  }

  /** Waits for one more acknowledged write than there are now. */
  void awaitMore(int more) {
    int due = count() + more;
    Await.until(due + " acknowledged cache writes", LIMIT, () -> count() >= due, cluster::logs);
  }

  /** Fails if an acknowledged write is not there, read through node {@code node}. */
  void assertAllReadable(int node) {
    List<String> keys;
    synchronized (acknowledged) {
      keys = List.copyOf(acknowledged);
    }
    try (HustdbClient client = cluster.client(node, TIMEOUT)) {
      for (String key : keys) {
        Await.until("an answer for " + key, LIMIT, () -> present(client, key), cluster::logs);
      }
    }
  }

  private boolean present(HustdbClient client, String key) throws IOException {
    HttpReply reply = client.request("GET", "/cache/get?key=" + key, NO_BODY);
    boolean settled =
        reply.header("Stale").isEmpty()
            && (reply.status() == 200 || reply.header("Error").orElse("").equals("not-found"));
    if (settled) {
      assertThat(reply.status()).as("acknowledged %s", key).isEqualTo(200);
      assertThat(reply.body()).as(key).isEqualTo(value(key));
    }
    return settled;
  }

  /** How often the cache has begun. */
  long epoch(int node) throws IOException {
    try (HustdbClient client = cluster.client(node, TIMEOUT)) {
      return client
          .request("GET", "/metrics", NO_BODY)
          .text()
          .lines()
          .filter(line -> line.startsWith("raftwood_cache_epoch{"))
          .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' '))))
          .findFirst()
          .orElse(0);
    }
  }

  private static byte[] value(String key) {
    return (key + "=" + MARKER).getBytes(StandardCharsets.US_ASCII);
  }
}
