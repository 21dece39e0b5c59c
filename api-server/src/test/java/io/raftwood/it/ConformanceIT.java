package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three processes answer each endpoint in each case as the table of {@code
 * docs/api/hustdb-conformance.md} says; the page has a reason for each cell that differs from the
 * original.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ConformanceIT {
  private static final int STOPPED = 2;
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration CATCH_UP = Duration.ofSeconds(2);
  private static final long PAUSE_NANOS = 10_000_000;

  @TempDir Path directory;

  @Test
  void everyEndpointAnswersAsThePageSays() throws Exception {
    List<ConformanceCase.Endpoint> endpoints = ConformanceCase.endpoints();
    ConformancePage page = ConformancePage.load();
    ConformancePage found = page.withoutAnswers();
    ClusterSpec spec = new TableKey().knownIn(ClusterSpec.threeNodes(), directory);
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      List<ConformanceCase.Kind> whole = new ArrayList<>(List.of(ConformanceCase.Kind.values()));
      whole.remove(ConformanceCase.Kind.NODE_DOWN);
      try (HustdbClient client = cluster.client(0, TIMEOUT)) {
        play(client, endpoints, whole, found);
      }
      cluster.process(STOPPED).terminate();
      cluster.process(STOPPED).awaitExit(TIMEOUT);
      try (HustdbClient client = cluster.client(0, TIMEOUT)) {
        awaitNamed(client, cluster.node(STOPPED));
        play(client, endpoints, List.of(ConformanceCase.Kind.NODE_DOWN), found);
      }
    }
    assertThat(found.text()).isEqualTo(page.text());
  }

  @Test
  void thePageHasAReasonForEachDifference() throws Exception {
    ConformancePage page = ConformancePage.load();
    assertThat(page.reasons()).containsExactlyInAnyOrderElementsOf(page.differences());
  }

  private static void play(
      HustdbClient client,
      List<ConformanceCase.Endpoint> endpoints,
      List<ConformanceCase.Kind> kinds,
      ConformancePage found)
      throws Exception {
    for (ConformanceCase.Endpoint endpoint : endpoints) {
      play(client, endpoint, kinds, found);
    }
  }

  private static void play(
      HustdbClient client,
      ConformanceCase.Endpoint endpoint,
      List<ConformanceCase.Kind> kinds,
      ConformancePage found)
      throws Exception {
    for (ConformanceCase.Kind kind : kinds) {
      Optional<ConformanceCase> one = endpoint.ofKind(kind);
      if (one.isPresent()) {
        found.answered(endpoint.name(), kind, answer(client, one.get()));
      }
    }
  }

  private static String answer(HustdbClient client, ConformanceCase one) throws Exception {
    for (ConformanceCase.Request seed : one.before()) {
      HttpReply reply = client.request(seed.method(), seed.target(), seed.bytes());
      assertThat(reply.status()).as("%s", seed).isEqualTo(200);
    }
    ConformanceCase.Request asked = one.request();
    HttpReply reply = client.request(asked.method(), asked.target(), asked.bytes());
    // A node is asked for its own replica, which may be a moment behind.
    long end = System.nanoTime() + CATCH_UP.toNanos();
    while (one.mayLag() && reply.status() == 404 && System.nanoTime() < end) {
      Await.pause(PAUSE_NANOS);
      reply = client.request(asked.method(), asked.target(), asked.bytes());
    }
    return ConformanceCase.code(reply);
  }

  /** Waits until the others have noticed that a node is gone, in all families. */
  private static void awaitNamed(HustdbClient client, NodeFiles node) {
    String address = node.http().getHostString() + ":" + node.http().getPort();
    Await.until(
        "Sync and Fail name " + address,
        Duration.ofSeconds(60),
        () -> {
          HttpReply put = client.request("PUT", "/put?key=down", new byte[] {'x'});
          HttpReply cached = client.request("PUT", "/cache/put?key=down", new byte[] {'x'});
          return put.header("Sync").filter(address::equals).isPresent()
              && cached.header("Fail").filter(address::equals).isPresent();
        });
  }
}
