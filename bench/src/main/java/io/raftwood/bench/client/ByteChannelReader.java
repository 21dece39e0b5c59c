package io.raftwood.bench.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads lines and byte counts from a connection with deadlines. Not thread-safe. */
final class ByteChannelReader {
  private static final int LINE_MAX = 65_536;

  private final DeadlineChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(65_536).flip();

  ByteChannelReader(DeadlineChannel channel) {
    this.channel = channel;
  }

  /** The next line without its end; fails with {@link EOFException} if the peer closed. */
  String line(long deadline) throws IOException {
    StringBuilder line = new StringBuilder();
    for (byte next = read(deadline); next != '\n'; next = read(deadline)) {
      if (line.length() >= LINE_MAX) {
        throw new IOException("a header line longer than " + LINE_MAX + " bytes");
      }
      line.append((char) (next & 0xff));
    }
    int length = line.length();
    return length > 0 && line.charAt(length - 1) == '\r'
        ? line.substring(0, length - 1)
        : line.toString();
  }

  /** Exactly {@code count} bytes. */
  byte[] bytes(int count, long deadline) throws IOException {
    byte[] bytes = new byte[count];
    int done = 0;
    while (done < count) {
      fill(deadline);
      int part = Math.min(count - done, buffer.remaining());
      buffer.get(bytes, done, part);
      done += part;
    }
    return bytes;
  }

  /** Everything up to the end of the connection. */
  byte[] rest(long deadline) throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      while (true) {
        text.append((char) (read(deadline) & 0xff));
      }
    } catch (EOFException e) {
      return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
  }

  private byte read(long deadline) throws IOException {
    fill(deadline);
    return buffer.get();
  }

  private void fill(long deadline) throws IOException {
    if (buffer.hasRemaining()) {
      return;
    }
    buffer.clear();
    int count;
    try {
      count = channel.read(buffer, deadline);
    } finally {
      buffer.flip();
    }
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
  }
}
