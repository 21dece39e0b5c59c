package io.raftwood.bench.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/**
 * One connection with one request at a time, driven by its loop's thread. A failure of any method
 * means: {@link #close()} it and {@link #open} it again later.
 */
final class LoadConnection {
  private static final int INPUT_BYTES = 16_384;

  private final InetSocketAddress endpoint;
  private final LoadRequests requests;
  private final ByteBuffer output;
  private final ByteBuffer input = ByteBuffer.allocateDirect(INPUT_BYTES);
  private final ResponseScanner scanner = new ResponseScanner();
  private Optional<SelectionKey> registration = Optional.empty();
  private long sentAt;
  private long dueAt;
  private boolean busy;
  private int preloading = -1;

  LoadConnection(InetSocketAddress endpoint, LoadPlan.Workload workload) {
    this.endpoint = endpoint;
    this.requests = workload.dialect().requests(endpoint, workload);
    this.output = ByteBuffer.allocateDirect(requests.requestBytesMax());
  }

  /** Begins to connect; the selector says when that is done. */
  void open(Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      registration = Optional.of(channel.register(selector, SelectionKey.OP_CONNECT, this));
      begin();
      // Even when this connects at once the selector reports the channel as connectable.
      channel.connect(endpoint);
    } catch (IOException | RuntimeException e) {
      channel.close();
      registration = Optional.empty();
      throw e;
    }
  }

  /** Whether there is a socket. */
  boolean isOpen() {
    return registration.isPresent();
  }

  /** Completes connecting. */
  void finishConnect(SelectionKey key) throws IOException {
    ((SocketChannel) key.channel()).finishConnect();
    key.interestOps(SelectionKey.OP_READ);
    busy = false;
  }

  /** The key that the request under way preloads; -1 = none. Survives {@link #close()}. */
  int preloading() {
    return preloading;
  }

  /** Marks the following requests as preloading {@code key}; -1 = none. */
  void preloading(int key) {
    preloading = key;
  }

  /** The next request was due at {@code time}, however late it is sent. */
  void dueAt(long time) {
    dueAt = time;
  }

  /** Sends a request; {@code variant} decides which bytes a value has. */
  void send(SelectionKey key, LoadOperation operation, long record, int variant)
      throws IOException {
    begin();
    output.clear();
    requests.render(output, operation, record, variant);
    output.flip();
    flush(key);
  }

  /** Sends what is left of the request. */
  void flush(SelectionKey key) throws IOException {
    ((SocketChannel) key.channel()).write(output);
    int interest = output.hasRemaining() ? SelectionKey.OP_WRITE : 0;
    if (key.interestOps() != (interest | SelectionKey.OP_READ)) {
      key.interestOps(interest | SelectionKey.OP_READ);
    }
  }

  /** Reads; whether the response is complete. */
  boolean receive(SelectionKey key) throws IOException {
    if (((SocketChannel) key.channel()).read(input) < 0) {
      throw new EOFException("closed by the server");
    }
    input.flip();
    boolean complete = scanner.scan(input);
    boolean surplus = complete && input.hasRemaining();
    input.compact();
    if (!input.hasRemaining() || surplus || (complete && !busy)) {
      throw new IOException("an answer that is not HTTP as expected");
    }
    busy = !complete;
    return complete;
  }

  /** The status of the complete response. */
  int status() {
    return scanner.status();
  }

  /** Whether the complete response has an {@code Error}: trees refuse with status 200. */
  boolean refused() {
    return scanner.refused();
  }

  /** Whether the server closes the connection behind the response. */
  boolean ending() {
    return scanner.close();
  }

  /** Nanoseconds from when the request under way was due, or else sent, to {@code now}. */
  long latency(long now) {
    return now - (dueAt == 0 ? sentAt : dueAt);
  }

  /** Whether something has been waited for since before {@code time}. */
  boolean overdue(long time) {
    return busy && sentAt - time < 0;
  }

  /** Drops the socket. */
  void close() {
    try {
      if (registration.isPresent()) {
        registration.get().channel().close();
      }
    } catch (IOException e) {
      // The socket is given up in any case, and the failure that led here has been counted.
    } finally {
      registration = Optional.empty();
      busy = false;
    }
  }

  private void begin() {
    scanner.reset();
    input.clear();
    busy = true;
    sentAt = System.nanoTime();
  }
}
