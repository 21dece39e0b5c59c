package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code admin nodes|groups|leader|table|snapshot} against a node on paper. */
class PlacementCommandsTest {
  private static final String MADE =
      "{\"epoch\":9,\"groups\":[{\"name\":\"data-0\",\"voters\":[\"n2\",\"n1\"]}]}";
  private static final String NODES =
      """
      [{"name":"n1","http":"h:1","raft":"r:1","standing":"draining","state":"up",
        "votes":["meta","data-0"],"learns":[],"leads":["data-0"]},
       {"name":"n4","http":"h:4","raft":"r:4","standing":"active","state":"never-started",
        "votes":[],"learns":["meta"],"leads":[]}]
      """;
  private static final String GROUPS =
      """
      [{"name":"data-0","firstSlot":0,"endSlot":1024,"settled":%s,"leader":"%s",
        "wanted":{"voters":["n2","n1"],"learners":[]},
        "actual":{"voters":["n1"],"learners":["n2"]}}]
      """;

  @TempDir Path directory;

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> answers = new ConcurrentHashMap<>();
  private final AtomicInteger unsettled = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String target = exchange.getRequestURI().toString();
          asked.add(exchange.getRequestMethod() + " " + target + body);
          String refusal = answers.get("refusal");
          if (refusal != null) {
            exchange.getResponseHeaders().set("Error", refusal);
            exchange.sendResponseHeaders(409, -1);
          } else {
            byte[] answer = answer(exchange.getRequestURI().getPath());
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
  }

  private byte[] answer(String path) {
    String text =
        path.equals("/admin/groups")
            ? unsettled.getAndDecrement() > 0
                ? GROUPS.formatted("false", "n1")
                : GROUPS.formatted("true", "n2")
            : answers.getOrDefault(path, MADE);
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void everyChangeIsOneRequest() throws IOException {
    Path table = Files.writeString(directory.resolve("table"), "{}");
    run("nodes", "add", "n4", "--http", "h:4", "--raft", "r:4");
    run("nodes", "drain", "n1", "--force");
    run("nodes", "undrain", "n1");
    run("nodes", "replace", "n1", "n4");
    run("nodes", "remove", "n1");
    run("nodes", "spread", "--force");
    run("leader", "transfer", "data-0", "n 2");
    run("leader", "balance");
    run("table", "apply", table.toString());
    assertThat(asked)
        .containsExactly(
            "POST /admin/nodes/add?node=n4&http=h%3A4&raft=r%3A4",
            "POST /admin/nodes/drain?node=n1&force=true",
            "POST /admin/nodes/undrain?node=n1",
            "POST /admin/nodes/replace?node=n1&by=n4",
            "POST /admin/nodes/remove?node=n1",
            "POST /admin/groups/spread?force=true",
            "POST /admin/leader/transfer?group=data-0&node=n%202",
            "POST /admin/leader/balance",
            "POST /admin/table/apply{}");
  }

  @Test
  void aChangeIsShownAndFollowed() {
    unsettled.set(2);
    CliRun run = run("nodes", "drain", "n1", "--wait");
    assertThat(run.out().lines()).containsExactly("accepted, epoch 9", "  data-0: n2,n1", "done");
    assertThat(run.err()).isEmpty();
    unsettled.set(1);
    assertThat(run("leader", "transfer", "data-0", "n2", "--wait").out()).endsWith("done\n");
    answers.put("/admin/nodes", NODES);
    assertThat(run("nodes", "remove", "n1", "--wait", "--wait-timeout", "0").exitCode())
        .isEqualTo(3);
    answers.put("/admin/nodes", "[]");
    assertThat(run("nodes", "remove", "n1", "--wait").exitCode()).isZero();
  }

  @Test
  void aRefusalIsExitCode5WithTheReason() {
    answers.put("refusal", "change-refused:no other node");
    CliRun run = run("nodes", "drain", "n1");
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(run.err()).contains("HTTP 409 change-refused:no other node");
  }

  @Test
  void nodesGroupsAndSnapshotsAreTables() {
    answers.put("/admin/nodes", NODES);
    assertThat(lines(run("nodes", "list")))
        .containsExactly(
            "NODE HTTP RAFT STANDING STATE VOTES LEADS",
            "n1 h:1 r:1 draining up meta,data-0 data-0",
            "n4 h:4 r:4 active never-started - -");
    unsettled.set(1);
    assertThat(lines(run("groups", "list")))
        .containsExactly(
            "GROUP SLOTS LEADER SETTLED WANTED VOTERS LEARNERS",
            "data-0 0..1024 n1 no n2,n1 n1 n2");
    run("groups", "show", "data-0");
    assertThat(asked).contains("GET /admin/groups?group=data-0");
    answers.put(
        "/admin/snapshot",
        "[{\"group\":\"data-0\",\"node\":\"n1\",\"done\":false,\"detail\":\"no answer\"}]");
    CliRun snapshot = run("snapshot", "--group", "data-0");
    assertThat(lines(snapshot)).containsExactly("GROUP NODE SNAPSHOT", "data-0 n1 no answer");
    assertThat(snapshot.exitCode()).isEqualTo(3);
    answers.put("/admin/table", "{\"table\": []}\n");
    assertThat(run("table", "show").out()).isEqualTo("{\"table\": []}\n");
  }

  @Test
  void jsonIsTheAnswerItself() {
    answers.put("/admin/nodes", NODES);
    assertThat(run("nodes", "list", "-o", "json").out()).isEqualTo(NODES);
    assertThat(run("leader", "balance", "-o", "json").out()).isEqualTo(MADE + "\n");
  }

  private static List<String> lines(CliRun run) {
    return run.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  private CliRun run(String... words) {
    List<String> all = new ArrayList<>(List.of("admin"));
    all.addAll(List.of(words));
    all.addAll(List.of("-e", "127.0.0.1:" + server.getAddress().getPort()));
    return CliRun.of(all.toArray(new String[0]));
  }
}
