package io.raftwood.it;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** One thread that writes new keys and entries of a tree, numbered in order, until it is closed. */
final class BackupLoad implements AutoCloseable {
  /** In each of its names. */
  static final String MARK = "load-";

  /** What its keys begin with; then comes the number. */
  static final String KEY = MARK + "key-";

  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final List<HttpReply.Header> FORM =
      List.of(new HttpReply.Header("Content-Type", "application/x-www-form-urlencoded"));
  private static final byte[] NO_BODY = new byte[0];

  private final ProcessCluster cluster;
  private final AtomicLong acknowledged = new AtomicLong();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final Thread thread = new Thread(this::run, "backup-load");
  private volatile boolean closed;

  BackupLoad(ProcessCluster cluster) {
    this.cluster = cluster;
    thread.start();
  }

  /** Number of keys that were acknowledged. */
  long writes() {
    return acknowledged.get();
  }

  /** Waits for so many. */
  void awaitWrites(long count) {
    Await.until(
        count + " writes",
        TIMEOUT,
        () -> writes() >= count || failure.get() != null,
        () -> String.valueOf(failure.get()));
    if (failure.get() != null) {
      throw new AssertionError("the load failed", failure.get());
    }
  }

  private void run() {
    try (HustdbClient client = cluster.client(0, TIMEOUT)) {
      tree(client, "create", "tree_id=" + MARK + "tree");
      for (long i = 0; !closed; i++) {
        ok(client, "/put?key=" + KEY + i + "&val=v");
        tree(client, "insert", "tree_id=" + MARK + "tree&key=" + i + "&value=v");
        ok(client, "/zadd?tb=load&key=" + MARK + "member-" + i + "&score=" + i);
        acknowledged.set(i + 1);
      }
    } catch (IOException | AssertionError e) {
      failure.set(e);
    }
  }

  /** Calls {@code /dt/call}; what it answered. */
  static String tree(HustdbClient client, String call, String form) throws IOException {
    byte[] body = form.getBytes(StandardCharsets.UTF_8);
    String text = client.request("POST", "/dt/" + call, FORM, body).text();
    if (text.contains("\"fail\"")) {
      throw new AssertionError(call + " " + form + " answered " + text);
    }
    return text;
  }

  private static void ok(HustdbClient client, String target) throws IOException {
    var reply = client.request("POST", target, NO_BODY);
    if (reply.status() != 200) {
      throw new AssertionError(target + " answered " + reply.status());
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.join();
    if (failure.get() != null) {
      throw new AssertionError("the load failed", failure.get());
    }
  }
}
