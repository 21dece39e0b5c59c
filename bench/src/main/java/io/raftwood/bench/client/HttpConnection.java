package io.raftwood.bench.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** One keep-alive connection of HTTP/1.1, one request at a time. Not thread-safe. */
final class HttpConnection implements Closeable {
  private static final int BODY_MAX = 256 * 1024 * 1024;

  private final DeadlineChannel channel;
  private final ByteChannelReader reader;
  private boolean reusable = true;

  private HttpConnection(DeadlineChannel channel) {
    this.channel = channel;
    this.reader = new ByteChannelReader(channel);
  }

  /** Connects by {@code deadline} on {@link System#nanoTime()}. */
  static HttpConnection open(InetSocketAddress address, long deadline) throws IOException {
    return new HttpConnection(DeadlineChannel.connect(address, deadline));
  }

  /** Whether another request may be sent. */
  boolean reusable() {
    return reusable;
  }

  /** Sends {@code request} and reads the answer; a failure leaves the connection useless. */
  HttpReply exchange(byte[] request, long deadline) throws IOException {
    reusable = false;
    channel.write(ByteBuffer.wrap(request), deadline);
    int status = status(reader.line(deadline));
    while (status == 100) {
      headers(deadline);
      status = status(reader.line(deadline));
    }
    HttpReply head = new HttpReply(status, headers(deadline), new byte[0]);
    HttpReply reply = new HttpReply(status, head.headers(), body(head, deadline));
    reusable = framed(head) && !head.header("Connection").orElse("").equalsIgnoreCase("close");
    return reply;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9][0-9]( .*)?")) {
      throw new IOException("not a status line: " + line);
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private List<HttpReply.Header> headers(long deadline) throws IOException {
    List<HttpReply.Header> headers = new ArrayList<>();
    for (String line = reader.line(deadline); !line.isEmpty(); line = reader.line(deadline)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw new IOException("not a header: " + line);
      }
      headers.add(new HttpReply.Header(line.substring(0, colon), line.substring(colon + 1).trim()));
    }
    return headers;
  }

  private byte[] body(HttpReply head, long deadline) throws IOException {
    if (head.status() == 204 || head.status() == 304) {
      return new byte[0];
    }
    if (chunked(head)) {
      return chunks(deadline);
    }
    return head.header("Content-Length").isPresent()
        ? reader.bytes(length(head.header("Content-Length").get(), 10), deadline)
        : reader.rest(deadline);
  }

  private byte[] chunks(long deadline) throws IOException {
    ByteBuffer body = ByteBuffer.allocate(8192);
    int size = chunkSize(deadline);
    while (size > 0) {
      if (body.remaining() < size) {
        ByteBuffer larger = ByteBuffer.allocate(2 * (body.position() + size));
        body = larger.put(body.flip());
      }
      body.put(reader.bytes(size, deadline));
      reader.line(deadline);
      size = chunkSize(deadline);
    }
    headers(deadline);
    byte[] bytes = new byte[body.flip().remaining()];
    body.get(bytes);
    return bytes;
  }

  private int chunkSize(long deadline) throws IOException {
    return length(reader.line(deadline).split(";", 2)[0].trim(), 16);
  }

  private static int length(String text, int radix) throws IOException {
    try {
      int length = Integer.parseInt(text, radix);
      if (length >= 0 && length <= BODY_MAX) {
        return length;
      }
    } catch (NumberFormatException e) {
      throw new IOException("not a length: " + text, e);
    }
    throw new IOException("a body of " + text + " bytes");
  }

  private static boolean chunked(HttpReply head) {
    return head.header("Transfer-Encoding").orElse("").equalsIgnoreCase("chunked");
  }

  private static boolean framed(HttpReply head) {
    return chunked(head) || head.header("Content-Length").isPresent();
  }
}
