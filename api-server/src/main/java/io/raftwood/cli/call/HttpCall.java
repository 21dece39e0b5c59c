package io.raftwood.cli.call;

import io.raftwood.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a request to one node, once. By {@link HttpURLConnection}: the JDK's newer client takes
 * half a second and more to set up, many times what a command needs. For one thread.
 */
final class HttpCall {
  private static final int CONNECT_MILLIS = 2000;
  private static final int BODY_MAX = 256 * 1024 * 1024;

  /** Threads end with the process; one that hangs is left alone and another one made. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "request");
            thread.setDaemon(true);
            return thread;
          });

  private final Optional<String> authorization;

  /** Sends {@code authorization}, if any, with every request. */
  HttpCall(Optional<String> authorization) {
    this.authorization = authorization;
  }

  /**
   * Sends {@code request} and waits for the whole answer.
   *
   * @param endpoint {@code host:port}
   * @throws NotSentException when the node has seen nothing of it
   * @throws IOException when there is no whole answer within {@code limit}: what the node did is
   *     unknown
   */
  CallReply send(String endpoint, CallRequest request, Duration limit) throws IOException {
    Future<CallReply> reply = threads.submit(() -> exchange(endpoint, request, limit));
    try {
      return reply.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + limit.toMillis() + " ms", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private CallReply exchange(String endpoint, CallRequest request, Duration limit)
      throws IOException {
    HttpURLConnection connection = connect(endpoint, request, limit);
    if (connection.getDoOutput()) {
      try (OutputStream out = connection.getOutputStream()) {
        out.write(request.body().unsafeArray());
      }
    }
    int status = connection.getResponseCode();
    if (status < 0) {
      throw new IOException("the answer is not HTTP");
    }
    return new CallReply(
        endpoint,
        status,
        header(connection, "Error"),
        number(header(connection, "Version")),
        header(connection, "Stale").equals("true"),
        new CallReply.Copies(
            number(header(connection, "Version1")),
            number(header(connection, "Version2")),
            number(header(connection, "Val-Offset"))),
        body(connection, status));
  }

  private HttpURLConnection connect(String endpoint, CallRequest request, Duration limit)
      throws IOException {
    var url = URI.create("http://" + endpoint + request.uri()).toURL();
    HttpURLConnection connection = (HttpURLConnection) url.openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(Math.toIntExact(limit.toMillis()));
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    authorization.ifPresent(header -> connection.setRequestProperty("Authorization", header));
    request
        .idempotencyKey()
        .ifPresent(key -> connection.setRequestProperty("Idempotency-Key", key));
    if (request.idempotencyKey().isPresent() || !request.body().isEmpty()) {
      connection.setRequestMethod("POST");
      connection.setDoOutput(true);
      // Also keeps the JDK from sending it a second time on its own.
      connection.setFixedLengthStreamingMode(request.body().length());
      connection.setRequestProperty("Content-Type", request.type());
    }
    try {
      connection.connect();
    } catch (IOException e) {
      throw new NotSentException(e);
    }
    return connection;
  }

  private static Bytes body(HttpURLConnection connection, int status) throws IOException {
    try (InputStream in =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      if (in == null) {
        return Bytes.EMPTY;
      }
      byte[] bytes = in.readNBytes(BODY_MAX);
      if (in.read() >= 0) {
        throw new IOException("the answer is longer than " + BODY_MAX + " bytes");
      }
      return Bytes.wrap(bytes);
    }
  }

  private static String header(HttpURLConnection connection, String name) {
    String value = connection.getHeaderField(name);
    return value == null ? "" : value;
  }

  private static OptionalLong number(String text) {
    return text.matches("[0-9]{1,18}")
        ? OptionalLong.of(Long.parseLong(text))
        : OptionalLong.empty();
  }
}
