package io.raftwood.cli;

import com.sun.net.httpserver.HttpServer;
import io.raftwood.server.config.ConfigLoader;
import io.raftwood.server.config.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A process that looks like a node from outside; {@code cluster.name} says how it behaves: {@code
 * fails} ends with 7, {@code never-ready} is never ready.
 */
public final class FakeServerMain {
  private FakeServerMain() {}

  /** Takes {@code server --config FILE}. */
  public static void main(String[] args) throws IOException {
    ServerConfig config =
        ConfigLoader.load(Optional.of(Path.of(args[2])), System.getenv(), List.of()).config();
    String behaviour = config.cluster().name().orElse("");
    System.err.println("starting " + config.node().name());
    if (behaviour.equals("fails")) {
      System.err.println("FAULT the disk is on fire");
      System.exit(7);
    }
    Files.createDirectories(config.node().dataDir());
    Files.writeString(config.node().dataDir().resolve("kept"), "something");
    boolean ready = !behaviour.equals("never-ready");
    String role = config.node().name().equals("n1") ? "LEADER" : "FOLLOWER";
    HttpServer server =
        HttpServer.create(new InetSocketAddress(config.http().host(), config.http().port()), 0);
    serve(server, "/readyz", ready ? 200 : 503, ready ? "ok\n" : "[-]raft-leader no leader\n");
    serve(
        server,
        "/admin/status",
        200,
        "{\"cluster\":{\"id\":\"c1\",\"epoch\":7,\"nodes\":[{\"name\":\"n1\"}]},\"replicas\":["
            + "{\"node\":\""
            + config.node().name()
            + "\",\"group\":\"data-0\",\"role\":\""
            + role
            + "\"}]}");
    server.start();
  }

  private static void serve(HttpServer server, String path, int status, String body) {
    server.createContext(
        path,
        exchange -> {
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
          }
        });
  }
}
