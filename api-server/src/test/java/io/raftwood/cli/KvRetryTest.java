package io.raftwood.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How {@code raftwood kv} goes from node to node. */
class KvRetryTest {
  private final List<HttpServer> servers = new ArrayList<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void whereNobodyListensTheNextNodeIsAsked() throws IOException {
    String good = answering(200, "");
    assertThat(put(nobody() + "," + good).exitCode()).isZero();
    assertThat(seen).hasSize(1);
  }

  @Test
  void aWriteWhoseConnectionBreaksIsRepeatedWithTheSameKey() throws IOException {
    String broken = start(exchange -> exchange.close());
    String good = answering(200, "");
    CliRun run = put(broken + "," + good);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).isEqualTo("4\n");
    assertThat(seen).hasSize(2);
    assertThat(seen.get(1)).isEqualTo(seen.get(0)).startsWith("POST /put?key=k cli-");
  }

  @Test
  void anUnknownOutcomeIsRepeatedWithTheSameKeyUntilSomebodyKnows() throws IOException {
    String late =
        start(exchange -> reply(exchange, seen.size() < 3 ? 404 : 200, "outcome-unknown"));
    CliRun run = put(late);
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(seen).hasSize(3);
    assertThat(seen).containsOnly(seen.get(0));
  }

  @Test
  void aBrokenWriteThatNobodyAnswersAnyMoreIsUnknown() throws IOException {
    String broken = start(exchange -> exchange.close());
    CliRun run = put(broken + "," + nobody());
    assertThat(run.exitCode()).isEqualTo(6);
    String key = seen.get(0).substring(seen.get(0).lastIndexOf(' ') + 1);
    assertThat(seen).containsOnly(seen.get(0));
    assertThat(run.err()).contains("--idempotency-key " + key).contains("raftwood kv get k");
  }

  @Test
  void aBrokenReadIsUnavailableNotUnknown() throws IOException {
    String broken = start(exchange -> exchange.close());
    CliRun run = CliRun.of("kv", "get", "k", "-e", broken, "--timeout", "1");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(seen).isNotEmpty().allMatch(line -> line.equals("GET /get?key=k null"));
  }

  @Test
  void whereNobodyListensAtAllItEndsAtOnceAndTellsHowToStart() throws IOException {
    CliRun run = CliRun.of("kv", "put", "k", "v", "-e", nobody(), "--timeout", "300");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("raftwood dev --detach").contains("nothing was changed");
  }

  @Test
  void aDefiniteAnswerIsNotAskedForTwice() throws IOException {
    String no = answering(404, "not-found");
    String other = answering(200, "");
    CliRun run = CliRun.of("kv", "del", "k", "-e", no + "," + other);
    assertThat(run.exitCode()).isEqualTo(7);
    assertThat(seen).hasSize(1);
  }

  @Test
  void aStrangeServerIsToldFromANode() throws IOException {
    CliRun run = put(answering(404, ""));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("is it a Raftwood node?");
    CliRun list = CliRun.of("kv", "keys", "-e", start(exchange -> reply(exchange, 200, "")));
    assertThat(list.exitCode()).isEqualTo(1);
    assertThat(list.err()).contains("not what was expected");
  }

  @Test
  void endpointsMayComeFromTheEnvironmentButNoWrites() throws IOException {
    Map<String, String> variables =
        Map.of(
            "RAFTWOOD_ENDPOINTS",
            answering(200, ""),
            "RAFTWOOD_VER",
            "7",
            "RAFTWOOD_IDEMPOTENCY_KEY",
            "left-behind");
    CliRun run = CliRun.with(config -> 0, variables, "kv", "put", "k", "v");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(seen.get(0)).startsWith("POST /put?key=k cli-");
  }

  private CliRun put(String endpoints) {
    return CliRun.of("kv", "put", "k", "v", "-e", endpoints, "--timeout", "2");
  }

  private String answering(int status, String error) throws IOException {
    return start(exchange -> reply(exchange, status, error));
  }

  private static void reply(HttpExchange exchange, int status, String error) {
    try (InputStream in = exchange.getRequestBody()) {
      in.readAllBytes();
      exchange.getResponseHeaders().set("Version", "4");
      if (!error.isEmpty() && status != 200) {
        exchange.getResponseHeaders().set("Error", error);
      }
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String start(java.util.function.Consumer<HttpExchange> answer) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          answer.accept(exchange);
        });
    server.start();
    servers.add(server);
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  private static String nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return "127.0.0.1:" + socket.getLocalPort();
    }
  }
}
