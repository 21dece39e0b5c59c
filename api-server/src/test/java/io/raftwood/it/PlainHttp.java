package io.raftwood.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Requests of any kind to the nodes of a cluster. Thread-safe. */
final class PlainHttp {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ProcessCluster cluster;

  PlainHttp(ProcessCluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Asks node {@code i}.
   *
   * @param credentials {@code name:password}; empty = none
   */
  HttpResponse<byte[]> ask(int i, String method, String target, String credentials, byte[] body)
      throws IOException, InterruptedException {
    InetSocketAddress http = cluster.node(i).http();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create("http://" + http.getHostString() + ":" + http.getPort() + target))
            .timeout(TIMEOUT)
            .method(method, BodyPublishers.ofByteArray(body));
    if (!credentials.isEmpty()) {
      byte[] pair = credentials.getBytes(StandardCharsets.UTF_8);
      request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** The status alone. */
  int status(int i, String method, String target, String credentials, String body)
      throws IOException, InterruptedException {
    return ask(i, method, target, credentials, body.getBytes(StandardCharsets.UTF_8)).statusCode();
  }
}
