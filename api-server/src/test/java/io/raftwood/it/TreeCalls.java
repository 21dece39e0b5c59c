package io.raftwood.it;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import io.raftwood.bench.client.HttpReply;
import io.raftwood.bench.client.HustdbClient;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Calls on trees through the nodes of a cluster in turn. Not thread-safe. */
final class TreeCalls implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(12);
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long PACE_NANOS = 50_000_000;
  private static final HttpReply.Header FORM =
      new HttpReply.Header("Content-Type", "application/x-www-form-urlencoded");

  private final List<HustdbClient> nodes = new ArrayList<>();
  private int next;
  private int unknown;

  /** A client that begins with node {@code first}. */
  TreeCalls(ProcessCluster cluster, int first) {
    for (int i = 0; i < cluster.size(); i++) {
      nodes.add(cluster.client(i, TIMEOUT));
    }
    next = first % cluster.size();
  }

  /** An envelope. */
  record Answer(int code, JSONObject envelope) {
    /** {@code data} as text; {@code null} is the text null. */
    String data() {
      return String.valueOf(envelope.get("data"));
    }
  }

  /** {@code name=value&...} of pairs. */
  static String form(String... pairs) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < pairs.length; i += 2) {
      form.append(i == 0 ? "" : "&").append(pairs[i]).append('=');
      form.append(URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
    }
    return form.toString();
  }

  /** Asks until it is known what happened; the same idempotency key makes that safe. */
  Answer untilKnown(String call, String form, String idempotencyKey) {
    List<Answer> known = new ArrayList<>();
    Await.until(
        "an answer to " + call,
        PATIENCE,
        () -> {
          Answer answer = once(call, form, idempotencyKey);
          if (answer.code() == 802) {
            unknown++;
            Await.pause(PACE_NANOS);
            return false;
          }
          known.add(answer);
          return true;
        });
    return known.get(0);
  }

  /** Asks the next node once. */
  Answer once(String call, String form, String idempotencyKey) throws IOException {
    HustdbClient node = nodes.get(next++ % nodes.size());
    HttpReply reply =
        node.request(
            "POST",
            "/dt/" + call,
            List.of(FORM, new HttpReply.Header("Idempotency-Key", idempotencyKey)),
            form.getBytes(StandardCharsets.US_ASCII));
    if (reply.status() == 503) {
      throw new IOException("not ready");
    }
    if (reply.status() != 200) {
      throw new AssertionError(call + " answered " + reply.status());
    }
    JSONObject envelope = JSON.parseObject(reply.text());
    return new Answer(envelope.getIntValue("code"), envelope);
  }

  /** How often the answer was 802. */
  int unknown() {
    return unknown;
  }

  @Override
  public void close() {
    nodes.forEach(HustdbClient::close);
  }
}
