package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.fixtures.KvModel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One client of the random workload: names of its own, random operations of all families through
 * random nodes, each answer compared with a model. What fails for now is sent again; a write with
 * the same idempotency key, so it happens once.
 */
final class ModelClient implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(12);
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final long PAUSE_NANOS = 50_000_000;

  private final int number;
  private final SplittableRandom random;
  private final List<HustdbClient> nodes = new ArrayList<>();
  private final RecordSteps records;
  private final CacheSteps cache;
  private long steps;
  private long repeated;

  ModelClient(int number, ProcessCluster cluster, int dataGroups, long seed) {
    this.number = number;
    this.random = new SplittableRandom(seed * 1000 + number);
    for (int i = 0; i < cluster.size(); i++) {
      nodes.add(cluster.client(i, TIMEOUT));
    }
    records = new RecordSteps(number, random, dataGroups);
    cache = new CacheSteps(number, random);
  }

  /** Does {@code operations} operations. */
  void run(int operations) {
    for (int i = 0; i < operations; i++) {
      check(random.nextInt(4) == 0 ? cache.next() : records.next());
    }
  }

  /** The models of the records, one for each group. */
  List<KvModel> models() {
    return records.models();
  }

  /** How many requests were sent again. */
  long repeated() {
    return repeated;
  }

  @Override
  public void close() {
    nodes.forEach(HustdbClient::close);
  }

  private void check(ModelStep step) {
    steps++;
    String once = "model-" + number + "-" + steps;
    List<HttpReply.Header> headers =
        step.write() ? List.of(new HttpReply.Header("Idempotency-Key", once)) : List.of();
    HustdbAnswer answer = step.seen().apply(ask(step.call(), headers));
    assertThat(answer).as("%s %s", once, step.call()).isEqualTo(step.expected());
  }

  private HustdbAnswer ask(HustdbCall call, List<HttpReply.Header> headers) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    String last = "";
    while (System.nanoTime() - end < 0) {
      HustdbClient node = nodes.get(random.nextInt(nodes.size()));
      try {
        HustdbAnswer answer =
            HustdbAnswer.of(node.request(call.method(), call.target(), headers, call.body()));
        if (!answer.isPassing()) {
          return answer;
        }
        last = answer.toString();
      } catch (IOException e) {
        last = e.toString();
      }
      repeated++;
      Await.pause(PAUSE_NANOS);
    }
    throw new AssertionError("no answer to " + call + " within " + PATIENCE + ": " + last);
  }
}
