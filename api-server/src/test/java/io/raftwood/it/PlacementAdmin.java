package io.raftwood.it;

import com.alibaba.fastjson2.JSON;
import com.alibaba.fastjson2.JSONObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An operator who changes nodes and placement of a cluster, by any node that answers. */
final class PlacementAdmin {
  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final byte[] NO_BODY = new byte[0];

  private final ProcessCluster cluster;
  private final PlainHttp http;

  PlacementAdmin(ProcessCluster cluster) {
    this.cluster = cluster;
    this.http = new PlainHttp(cluster);
  }

  /** Asks for a change until a node takes it; a refusal fails. */
  void change(String path) {
    change(path, NO_BODY);
  }

  /** The same with a body. */
  void change(String path, byte[] body) {
    StringBuilder said = new StringBuilder();
    Await.until(
        path,
        LIMIT,
        () -> {
          HttpResponse<byte[]> answer = ask("POST", "/admin/" + path, body);
          said.append(answer.statusCode()).append(' ').append(error(answer)).append("; ");
          if (error(answer).startsWith("change-refused")) {
            throw new AssertionError(path + ": " + error(answer));
          }
          return answer.statusCode() == 200;
        },
        said::toString);
  }

  /** How a change is answered by the first node that answers: status and error. */
  String answer(String path, String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        ask("POST", "/admin/" + path, body.getBytes(StandardCharsets.UTF_8));
    return answer.statusCode() + " " + error(answer);
  }

  private static String error(HttpResponse<byte[]> answer) {
    return answer.headers().firstValue("Error").orElse("");
  }

  /** Waits until every group is as wanted. */
  void awaitSettled(String what) {
    Await.until(
        "settled: " + what,
        LIMIT,
        () -> groups().values().stream().allMatch(group -> group.getBooleanValue("settled")),
        () -> shown() + cluster.logs());
  }

  /** Waits until the first voter of every group leads it. */
  void awaitPreferredLeaders() {
    Await.until(
        "preferred leaders",
        LIMIT,
        () ->
            groups().values().stream()
                .allMatch(group -> voters(group).get(0).equals(group.getString("leader"))),
        () -> shown() + cluster.logs());
  }

  /** Waits until the cluster has {@code count} nodes. */
  void awaitNodes(int count) {
    Await.until(
        count + " nodes",
        LIMIT,
        () -> list("nodes").size() == count,
        () -> shown() + cluster.logs());
  }

  /** The groups by name. */
  Map<String, JSONObject> groups() throws IOException, InterruptedException {
    Map<String, JSONObject> groups = new TreeMap<>();
    list("groups").forEach(group -> groups.put(group.getString("name"), group));
    return groups;
  }

  /** The wanted voters of {@code group}. */
  static List<String> voters(JSONObject group) {
    return group.getJSONObject("wanted").getList("voters", String.class);
  }

  /** The number of replicas that {@code group} should have. */
  static int replicas(JSONObject group) {
    JSONObject wanted = group.getJSONObject("wanted");
    return wanted.getJSONArray("voters").size() + wanted.getJSONArray("learners").size();
  }

  private List<JSONObject> list(String what) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer = ask("GET", "/admin/" + what, NO_BODY);
    if (answer.statusCode() != 200) {
      throw new IOException(what + ": " + answer.statusCode());
    }
    return JSON.parseArray(new String(answer.body(), StandardCharsets.UTF_8))
        .toList(JSONObject.class);
  }

  private String shown() {
    try {
      return list("nodes") + "\n" + groups().values() + "\n";
    } catch (IOException e) {
      return e + "\n";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private HttpResponse<byte[]> ask(String method, String target, byte[] body)
      throws IOException, InterruptedException {
    IOException last = new IOException("no node runs");
    for (int i = 0; i < cluster.size(); i++) {
      if (cluster.answering(i)) {
        try {
          return http.ask(i, method, target, "", body);
        } catch (IOException e) {
          last = e;
        }
      }
    }
    throw last;
  }
}
