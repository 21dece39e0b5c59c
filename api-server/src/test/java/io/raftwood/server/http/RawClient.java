package io.raftwood.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** One connection on which a test says what it likes; text is ISO 8859-1. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  RawClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** An answer; header names in lower case. */
  record Response(int status, String reason, Map<String, String> headers, byte[] body) {
    String header(String name) {
      return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
    }

    String text() {
      return new String(body, StandardCharsets.ISO_8859_1);
    }
  }

  Socket socket() {
    return socket;
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Sends a request and reads its answer. */
  Response ask(String method, String target, String... headers) throws IOException {
    send(head(method, target, headers));
    return read(method.equals("HEAD")).orElseThrow();
  }

  /** Sends a request with a body and reads its answer. */
  Response ask(String method, String target, byte[] body) throws IOException {
    send(head(method, target, "Content-Length: " + body.length));
    send(body);
    return read(method.equals("HEAD")).orElseThrow();
  }

  static String head(String method, String target, String... headers) {
    StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: test\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    return head.append("\r\n").toString();
  }

  /** Reads one answer; empty if the connection ends before its first byte. */
  Optional<Response> read() throws IOException {
    return read(false);
  }

  Optional<Response> read(boolean withoutBody) throws IOException {
    String line;
    try {
      line = line();
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return Optional.empty();
    }
    if (line.isEmpty()) {
      return Optional.empty();
    }
    String[] parts = line.split(" ", 3);
    Map<String, String> headers = new LinkedHashMap<>();
    for (line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
      headers.merge(name, line.substring(colon + 1).trim(), (one, two) -> one + ", " + two);
    }
    int status = Integer.parseInt(parts[1]);
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = withoutBody || status == 100 ? new byte[0] : in.readNBytes(length);
    return Optional.of(new Response(status, parts.length > 2 ? parts[2] : "", headers, body));
  }

  /** Whether the server closes the connection, at once or within the socket's timeout. */
  boolean closed() throws IOException {
    try {
      return in.read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
