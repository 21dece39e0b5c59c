package io.raftwood.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Asks a node over HTTP. For one thread. */
final class NodeClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** Made when first used: its TLS set-up costs more than most commands. */
  private Optional<HttpClient> client = Optional.empty();

  /**
   * An answer, whatever its status.
   *
   * @param status the HTTP status
   * @param body as UTF-8
   * @param error the {@code Error} header; empty = none
   */
  record Answer(int status, String body, String error) {}

  /**
   * What to ask.
   *
   * @param path with the query
   * @param authorization the header, if any
   * @param body empty = none
   */
  record Request(String method, String path, Optional<String> authorization, byte[] body) {
    /** Without credentials and body. */
    static Request of(String method, String path) {
      return new Request(method, path, Optional.empty(), new byte[0]);
    }
  }

  /**
   * Sends {@code method} without a body.
   *
   * @param endpoint {@code host:port}
   * @throws IOException when there is no answer within {@code timeout}
   */
  Answer ask(String method, String endpoint, String path, Duration timeout) throws IOException {
    return ask(Request.of(method, path), endpoint, timeout);
  }

  /**
   * Sends {@code request}.
   *
   * @param endpoint {@code host:port}
   * @throws IOException when there is no answer within {@code timeout}
   */
  Answer ask(Request request, String endpoint, Duration timeout) throws IOException {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://" + endpoint + request.path()))
            .method(
                request.method(),
                request.body().length == 0
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(request.body()))
            .timeout(timeout);
    request.authorization().ifPresent(header -> builder.header("Authorization", header));
    try {
      var response = client().send(builder.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(
          response.statusCode(),
          response.body(),
          response.headers().firstValue("Error").orElse(""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private HttpClient client() {
    if (client.isEmpty()) {
      client =
          Optional.of(
              HttpClient.newBuilder()
                  .version(HttpClient.Version.HTTP_1_1)
                  .connectTimeout(CONNECT_TIMEOUT)
                  .build());
    }
    return client.get();
  }
}
