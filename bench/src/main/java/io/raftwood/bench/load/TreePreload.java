package io.raftwood.bench.load;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Creates the tree and loads its keys in many-line requests; what is there already stays. Keys are
 * {@link #SPACING} apart, so that inserts find room between them.
 */
final class TreePreload {
  /** The distance between the numbers of two keys that are loaded. */
  static final long SPACING = 1000;

  private static final int LINES = 5000;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final LoadPlan plan;
  private final HustdbRequests requests;

  TreePreload(LoadPlan plan) {
    this.plan = plan;
    this.requests = new HustdbRequests(plan.endpoint(0), plan.workload());
  }

  /**
   * Loads.
   *
   * @param progress is told how many keys are there
   * @throws IOException when a request is refused
   */
  void run(LongConsumer progress) throws IOException {
    try (HustdbClient client = new HustdbClient(plan.endpoint(0), TIMEOUT)) {
      HttpReply.Header form =
          new HttpReply.Header("Content-Type", "application/x-www-form-urlencoded");
      byte[] name = ("tree_id=" + HustdbRequests.TREE).getBytes(StandardCharsets.US_ASCII);
      check(client.request("POST", "/dt/create", List.of(form), name));
      int keys = plan.workload().keys();
      for (int first = 0; first < keys; first += LINES) {
        StringBuilder lines = new StringBuilder();
        for (int key = first; key < Math.min(first + LINES, keys); key++) {
          requests.line(lines, key * SPACING, key);
        }
        byte[] body = lines.toString().getBytes(StandardCharsets.US_ASCII);
        check(client.request("POST", "/dt/load?tree_id=" + HustdbRequests.TREE, body));
        progress.accept(first);
      }
    }
  }

  private static void check(HttpReply reply) throws IOException {
    if (reply.status() != 200 || reply.header("Error").isPresent()) {
      throw new IOException("the tree could not be loaded: " + reply.text());
    }
  }
}
