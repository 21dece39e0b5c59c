package io.raftwood.server.http;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.kv.ReplicatedCompareStore;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.RequestOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** An endpoint on a free port of the loopback address, over a store in memory. */
final class TestServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  final FakeKvStore store = new FakeKvStore();
  final FakeTreeStore trees = new FakeTreeStore();
  final FakeCacheStore cache = new FakeCacheStore();
  final FakeAdmin admin = new FakeAdmin();
  final FakeKvGroups groups = new FakeKvGroups(store, admin);
  final RecordedDivergences divergences = new RecordedDivergences();
  final FakeBackups backups = new FakeBackups();
  final FakeBundle bundle = new FakeBundle();
  final PrometheusRegistry registry = new PrometheusRegistry();
  final HttpEndpoint endpoint;
  private final int port;

  TestServer(HttpSettings settings) throws IOException {
    endpoint =
        new HttpEndpoint(
            settings,
            new Stores(
                store,
                new ReplicatedCompareStore(groups, divergences),
                groups,
                trees,
                new CacheService(cache, cache::lagging),
                backups.backups(),
                () -> bundle),
            admin,
            registry);
    endpoint.start();
    port = endpoint.port();
  }

  /** The usual time limits, but for a second for the whole request. */
  static HttpTimeouts briefly() {
    HttpTimeouts usual = HttpTimeouts.DEFAULT;
    return new HttpTimeouts(
        usual.head(),
        usual.keepAlive(),
        Duration.ofSeconds(1),
        usual.stall(),
        usual.write(),
        usual.linger());
  }

  static HttpSettings settings() {
    return HttpSettings.of("127.0.0.1", 0);
  }

  /** Options of a write to the store past HTTP. */
  static RequestOptions direct() {
    return new RequestOptions(
        ReadConsistency.LEASE, false, Deadline.after(PATIENCE), Optional.empty(), Runnable::run);
  }

  int port() {
    return port;
  }

  RawClient connect() throws IOException {
    return new RawClient(port);
  }

  /** One request on a connection of its own. */
  RawClient.Response ask(String method, String target, String... headers) throws IOException {
    try (RawClient client = connect()) {
      return client.ask(method, target, headers);
    }
  }

  /** One request with a body on a connection of its own. */
  RawClient.Response ask(String method, String target, byte[] body) throws IOException {
    try (RawClient client = connect()) {
      return client.ask(method, target, body);
    }
  }

  /** Waits for {@code condition}, at most ten seconds. */
  static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + PATIENCE + ": " + what);
      }
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    try {
      endpoint.stop(Duration.ofMillis(200));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
