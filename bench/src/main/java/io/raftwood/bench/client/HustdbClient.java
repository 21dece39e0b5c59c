package io.raftwood.bench.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A blocking client of one node over one keep-alive connection, opened when first needed and again
 * after it broke. Keys and values are raw bytes and travel unchanged. Never retries by itself.
 *
 * <p>Not thread-safe. Every call ends within the time-out, whatever the server does.
 */
public final class HustdbClient implements Closeable {
  private static final byte[] NO_BODY = new byte[0];

  private final InetSocketAddress address;
  private final Duration timeout;
  private Optional<HttpConnection> connection = Optional.empty();

  /**
   * A client of the node at {@code address}; connects with the first call.
   *
   * @param timeout of one call, connecting included
   */
  public HustdbClient(InetSocketAddress address, Duration timeout) {
    this.address = address;
    this.timeout = timeout;
  }

  /** Stores a value. */
  public KvAnswer put(byte[] key, byte[] value, CallOptions options) {
    return call("PUT", "/put", key, value, options);
  }

  /** Reads a record. */
  public KvAnswer get(byte[] key, CallOptions options) {
    return call("GET", "/get", key, NO_BODY, options);
  }

  /** Asks for a record's version. */
  public KvAnswer exist(byte[] key, CallOptions options) {
    return call("GET", "/exist", key, NO_BODY, options);
  }

  /** Removes a record. */
  public KvAnswer del(byte[] key, CallOptions options) {
    return call("GET", "/del", key, NO_BODY, options);
  }

  /**
   * Sends any other request.
   *
   * @param target path and query, sent as it is
   * @throws IOException if no whole answer came in time
   */
  public HttpReply request(String method, String target, byte[] body) throws IOException {
    return request(method, target, List.of(), body);
  }

  /** As {@link #request(String, String, byte[])} with more headers. */
  public HttpReply request(
      String method, String target, List<HttpReply.Header> headers, byte[] body)
      throws IOException {
    long deadline = deadline();
    return send(connected(deadline), head(method, target, lines(headers), body), body, deadline);
  }

  @Override
  public void close() {
    disconnect();
  }

  /**
   * Sends any request and says what its answer means.
   *
   * @param target path and query, sent as it is
   * @param write whether the request can change anything
   */
  public KvAnswer ask(
      String method, String target, List<HttpReply.Header> headers, byte[] body, boolean write) {
    long deadline = deadline();
    HttpConnection open;
    try {
      open = connected(deadline);
    } catch (IOException e) {
      return KvAnswer.broken(KvAnswer.Meaning.FAILED, e);
    }
    try {
      byte[] head = head(method, target, lines(headers), body);
      return KvAnswer.of(send(open, head, body, deadline), write);
    } catch (IOException e) {
      return KvAnswer.broken(write ? KvAnswer.Meaning.UNKNOWN : KvAnswer.Meaning.FAILED, e);
    }
  }

  private KvAnswer call(String method, String path, byte[] key, byte[] body, CallOptions options) {
    boolean write = path.equals("/put") || path.equals("/del");
    String target = path + "?key=" + PercentEncoding.encode(key) + options.query();
    List<HttpReply.Header> headers =
        options.idempotencyKey().stream()
            .map(id -> new HttpReply.Header("Idempotency-Key", id))
            .toList();
    return ask(method, target, headers, body, write);
  }

  private static String lines(List<HttpReply.Header> headers) {
    StringBuilder lines = new StringBuilder();
    for (HttpReply.Header header : headers) {
      lines.append(header.name()).append(": ").append(header.value()).append("\r\n");
    }
    return lines.toString();
  }

  private long deadline() {
    return System.nanoTime() + timeout.toNanos();
  }

  private HttpConnection connected(long deadline) throws IOException {
    if (connection.isEmpty()) {
      connection = Optional.of(HttpConnection.open(address, deadline));
    }
    return connection.get();
  }

  private HttpReply send(HttpConnection open, byte[] head, byte[] body, long deadline)
      throws IOException {
    byte[] request = new byte[head.length + body.length];
    System.arraycopy(head, 0, request, 0, head.length);
    System.arraycopy(body, 0, request, head.length, body.length);
    try {
      return open.exchange(request, deadline);
    } finally {
      if (!open.reusable()) {
        disconnect();
      }
    }
  }

  private byte[] head(String method, String target, String header, byte[] body) {
    boolean announced = body.length > 0 || method.equals("PUT") || method.equals("POST");
    String length = announced ? "Content-Length: " + body.length + "\r\n" : "";
    String host = address.getHostString() + ":" + address.getPort();
    String head =
        method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + header + length + "\r\n";
    return head.getBytes(StandardCharsets.ISO_8859_1);
  }

  private void disconnect() {
    try {
      if (connection.isPresent()) {
        connection.get().close();
      }
    } catch (IOException e) {
      // Nothing was buffered and the answer is known: how the socket ended says nothing more.
    } finally {
      connection = Optional.empty();
    }
  }
}
