package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminCommandTest {
  private static final String STATUS =
      """
      {"cluster": {"id": "abc", "epoch": 4, "future": [],
        "nodes": [{"name": "n1", "http": "127.0.0.1:8082", "raft": "127.0.0.1:9082", "index": 1,
          "version": "1.2.3", "diskFreeBytes": 13421772800, "diskTotalBytes": 53687091200,
          "diskRoom": "short"},
          {"name": "n2", "http": "127.0.0.1:8083", "raft": "127.0.0.1:9083"}],
        "groups": []},
       "replicas": [
        {"node": "n1", "group": "data-0", "role": "LEADER", "leader": "n1", "term": 3,
         "commitIndex": 20, "appliedIndex": 20, "revision": 17},
        {"node": "n2", "group": "data-0", "role": "FOLLOWER", "commitIndex": 18,
         "appliedIndex": 15}]}
      """;

  private HttpServer server;
  private String endpoint;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    endpoint = "127.0.0.1:" + server.getAddress().getPort();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  @Test
  void statusShowsRolesAndLag() {
    answer("/admin/status", "GET", 200, STATUS);

    CliRun run = CliRun.of("admin", "status", "--endpoints", endpoint);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines().map(line -> line.replaceAll(" +", " ")))
        .containsExactly(
            "cluster abc, epoch 4",
            "NODE VERSION HTTP RAFT INCARNATION STANDING DISK FREE",
            "n1 1.2.3 127.0.0.1:8082 127.0.0.1:9082 1 - 12.5 GiB (25%), short",
            "n2 - 127.0.0.1:8083 127.0.0.1:9083 0 - -",
            "",
            "GROUP NODE ROLE LEADER TERM COMMIT APPLIED LAG REVISION SNAPSHOT",
            "data-0 n1 leader n1 3 20 20 0 17 0",
            "data-0 n2 follower - 0 18 15 5 0 0");
  }

  @Test
  void flatStatusIsUnderstoodToo() {
    StatusReport report =
        StatusReport.parse("{\"clusterId\":\"x\",\"epoch\":2,\"nodes\":[{\"name\":\"a\"}]}");

    assertThat(report.clusterId()).isEqualTo("x");
    assertThat(report.nodes()).hasSize(1);
    assertThat(report.replicas()).isEmpty();
    assertThat(StatusReport.parse("{}").clusterId()).isEmpty();
  }

  @Test
  void jsonOutputIsTheAnswerItself() {
    answer("/admin/status", "GET", 200, STATUS);

    CliRun run = CliRun.of("admin", "status", "-o", "json", "-e", endpoint);

    assertThat(run.out().strip()).isEqualTo(STATUS.strip());
  }

  @Test
  void nextEndpointIsAskedWhenOneCannotAnswer() throws IOException {
    answer("/admin/status", "GET", 200, STATUS);

    CliRun run = CliRun.of("admin", "status", "-e", "127.0.0.1:" + unusedPort() + "," + endpoint);

    assertThat(run.exitCode()).isZero();
  }

  @Test
  void noAnswerAtAllEndsWith3AndTheReasons() throws IOException {
    answer("/admin/status", "GET", 503, "no leader\nx");
    int unused = unusedPort();

    CliRun run = CliRun.of("admin", "status", "-e", "127.0.0.1:" + unused + "," + endpoint);

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("no node answered:")
        .contains("127.0.0.1:" + unused + ": ")
        .contains(endpoint + ": HTTP 503 no leader");
  }

  @Test
  void answerThatIsNotJsonEndsWith1() {
    answer("/admin/status", "GET", 200, "<html>");

    CliRun run = CliRun.of("admin", "status", "-e", endpoint);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("not JSON");
  }

  @Test
  void wrongEndpointIsAUsageError() {
    assertThat(CliRun.of("admin", "status", "-e", "a b").exitCode()).isEqualTo(2);
  }

  @Test
  void checkTellsEqualFromUnequalFromUnknown() {
    assertThat(check("[" + group("aa", "aa") + "]").exitCode()).isZero();
    assertThat(check("{\"groups\":[" + group("aa", "aa") + "]}").exitCode()).isZero();

    CliRun unequal = check("[" + group("aa", "ab") + "]");
    assertThat(unequal.exitCode()).isEqualTo(1);
    assertThat(unequal.out()).contains("UNEQUAL");

    CliRun unknown =
        check(
            "[{\"group\":\"g\",\"replicas\":[{\"node\":\"n1\",\"hash\":\"aa\"},"
                + "{\"node\":\"n2\",\"detail\":\"unreachable\"}]}]");
    assertThat(unknown.exitCode()).isEqualTo(3);
    assertThat(unknown.out()).contains("unknown: unreachable");
    assertThat(check("[]").exitCode()).isEqualTo(3);
  }

  private CliRun check(String body) {
    answer("/admin/check", "POST", 200, body);
    CliRun run = CliRun.of("admin", "check", "-e", endpoint);
    server.removeContext("/admin/check");
    return run;
  }

  private static String group(String one, String other) {
    return String.format(
        "{\"group\":\"data-0\",\"index\":9,\"replicas\":[{\"node\":\"n1\",\"rows\":5,\"hash\":"
            + "\"%s\"},{\"node\":\"n2\",\"rows\":5,\"hash\":\"%s\"}]}",
        one, other);
  }

  private void answer(String path, String method, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          boolean right = exchange.getRequestMethod().equals(method);
          exchange.sendResponseHeaders(right ? status : 405, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }

  private static int unusedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
