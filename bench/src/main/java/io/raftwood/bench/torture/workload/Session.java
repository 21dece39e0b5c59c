package io.raftwood.bench.torture.workload;

import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import io.raftwood.bench.client.KvAnswer;
import io.raftwood.bench.client.PercentEncoding;
import io.raftwood.bench.torture.timeline.Timeline;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** One client: a connection to every node, and the source of its choices. Not thread-safe. */
final class Session implements AutoCloseable {
  private static final byte[] NO_BODY = new byte[0];
  private static final HttpReply.Header FORM =
      new HttpReply.Header("Content-Type", "application/x-www-form-urlencoded");

  private final Endpoints endpoints;
  private final String workload;
  private final Random random;
  private final List<HustdbClient> nodes = new ArrayList<>();

  Session(Endpoints endpoints, String workload, Random random) {
    this.endpoints = endpoints;
    this.workload = workload;
    this.random = random;
    endpoints.nodes().forEach(node -> nodes.add(new HustdbClient(node, endpoints.timeout())));
  }

  /** The source of choices. */
  Random random() {
    return random;
  }

  /** Number of nodes. */
  int size() {
    return nodes.size();
  }

  /** A node to ask. */
  int anyNode() {
    return random.nextInt(nodes.size());
  }

  /** The time of the run. */
  long now() {
    return endpoints.timeline().now();
  }

  /** Sends a request that changes nothing. */
  KvAnswer read(int node, String target) {
    return read(node, "GET", target, NO_BODY);
  }

  /** The same with a method and a body. */
  KvAnswer read(int node, String method, String target, byte[] body) {
    return ask(node, method, target, List.of(), body, false);
  }

  /** Sends a request that can change something. */
  KvAnswer write(int node, String target, String body, Optional<String> idempotencyKey) {
    byte[] bytes = body.getBytes(StandardCharsets.US_ASCII);
    List<HttpReply.Header> headers = new ArrayList<>();
    idempotencyKey.ifPresent(id -> headers.add(new HttpReply.Header("Idempotency-Key", id)));
    return ask(node, "POST", target, headers, bytes, true);
  }

  /** Calls the DT API; {@code pairs} are names and values of the form. */
  TreeAnswer tree(
      int node, String call, boolean write, Optional<String> idempotencyKey, String... pairs) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      form.append(i == 0 ? "" : "&").append(pairs[i]).append('=');
      form.append(PercentEncoding.encode(pairs[i + 1]));
    }
    List<HttpReply.Header> headers = new ArrayList<>(List.of(FORM));
    idempotencyKey.ifPresent(id -> headers.add(new HttpReply.Header("Idempotency-Key", id)));
    byte[] body = form.toString().getBytes(StandardCharsets.US_ASCII);
    long start = now();
    TreeAnswer answer =
        TreeAnswer.of(nodes.get(node).ask("POST", "/dt/" + call, headers, body, write), write);
    note(node, start, answer.meaning());
    return answer;
  }

  @Override
  public void close() {
    nodes.forEach(HustdbClient::close);
  }

  private KvAnswer ask(
      int node,
      String method,
      String target,
      List<HttpReply.Header> headers,
      byte[] body,
      boolean write) {
    long start = now();
    KvAnswer answer = nodes.get(node).ask(method, target, headers, body, write);
    note(node, start, answer.meaning());
    return answer;
  }

  private void note(int node, long start, KvAnswer.Meaning meaning) {
    Timeline.End end =
        switch (meaning) {
          case OK, ABSENT, CONFLICT -> Timeline.End.DONE;
          case UNKNOWN -> Timeline.End.UNKNOWN;
          case FAILED -> Timeline.End.REFUSED;
        };
    endpoints.timeline().operation(workload, node, start, end);
  }
}
