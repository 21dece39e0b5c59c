package io.raftwood.bench.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * A TCP connection whose every step ends at a deadline on {@link System#nanoTime()}, writes
 * included. Not thread-safe.
 */
final class DeadlineChannel implements Closeable {
  private final SocketChannel channel;
  private final Selector selector;
  private final SelectionKey key;

  private DeadlineChannel(SocketChannel channel, Selector selector, SelectionKey key) {
    this.channel = channel;
    this.selector = selector;
    this.key = key;
  }

  /** Connects, or fails leaving nothing open. */
  static DeadlineChannel connect(InetSocketAddress address, long deadline) throws IOException {
    SocketChannel channel = SocketChannel.open();
    Selector selector = Selector.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      DeadlineChannel connection =
          new DeadlineChannel(channel, selector, channel.register(selector, 0));
      boolean connected = channel.connect(address);
      while (!connected) {
        connection.await(SelectionKey.OP_CONNECT, deadline);
        connected = channel.finishConnect();
      }
      return connection;
    } catch (IOException | RuntimeException e) {
      selector.close();
      channel.close();
      throw e;
    }
  }

  /** Writes all of {@code bytes}. */
  void write(ByteBuffer bytes, long deadline) throws IOException {
    while (bytes.hasRemaining()) {
      if (channel.write(bytes) == 0) {
        await(SelectionKey.OP_WRITE, deadline);
      }
    }
  }

  /** Reads at least one byte; -1 at the end. */
  int read(ByteBuffer bytes, long deadline) throws IOException {
    int count = channel.read(bytes);
    while (count == 0) {
      await(SelectionKey.OP_READ, deadline);
      count = channel.read(bytes);
    }
    return count;
  }

  @Override
  public void close() throws IOException {
    selector.close();
    channel.close();
  }

  private void await(int interest, long deadline) throws IOException {
    long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
    if (left <= 0) {
      throw new SocketTimeoutException("no answer in time");
    }
    key.interestOps(interest);
    selector.select(left);
    selector.selectedKeys().clear();
    if (Thread.interrupted()) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted");
    }
  }
}
