package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.io.IoCallback;
import io.undertow.io.Sender;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads one request's body as it arrives, without blocking, within the limit for one body and the
 * budget for all. A body that nobody wants, or that the budget refuses, is read and dropped, so
 * that the connection's framing stays right. Confined to the I/O thread.
 */
final class BodyReader implements ChannelListener<StreamSourceChannel>, IoCallback {
  private static final int FIRST_CAPACITY = 4096;

  /** Chunk extensions and trailers that may come in a row; Undertow keeps trailers in memory. */
  private static final int QUIET_BYTES_MAX = 16_384;

  /** Who is told. */
  interface Sink {
    /** The whole body is there; empty if it was not wanted. */
    void bodyComplete(Bytes body);

    /** There will be no body. */
    void bodyRefused(Outcome outcome);
  }

  private final HttpServerExchange exchange;
  private final int bytesMax;
  private final ByteBudget budget;
  private final Sink sink;
  private StreamSourceChannel channel;
  private byte[] kept = new byte[0];
  private boolean keeps;
  private boolean overBudget;
  private int received;
  private long admitted;
  private long lastByteNanos = System.nanoTime();
  private long bytesReadAtContent;

  /** Reads the body of {@code exchange}; keeps it if {@code keeps}. */
  BodyReader(
      HttpServerExchange exchange, int bytesMax, ByteBudget budget, boolean keeps, Sink sink) {
    this.exchange = exchange;
    this.bytesMax = bytesMax;
    this.budget = budget;
    this.keeps = keeps;
    this.sink = sink;
  }

  /** Begins; the sink may be told before this returns. */
  void start() {
    if (exchange.isRequestComplete()) {
      sink.bodyComplete(Bytes.EMPTY);
      return;
    }
    long announced = exchange.getRequestContentLength();
    if (announced > bytesMax) {
      sink.bodyRefused(Outcome.BODY_TOO_LARGE);
      return;
    }
    if (keeps && announced > 0) {
      admit(announced);
    }
    channel = exchange.getRequestChannel();
    bytesReadAtContent = RequestLineConduit.of(exchange).bytesRead();
    if (HttpContinue.requiresContinueResponse(exchange)) {
      HttpContinue.sendContinueResponse(exchange, this);
    } else {
      handleEvent(channel);
    }
  }

  /** When the last byte came, in the scale of {@link System#nanoTime}. */
  long lastByteNanos() {
    return lastByteNanos;
  }

  /** Gives back what the body took from the budget. */
  void release() {
    budget.release(admitted);
    admitted = 0;
  }

  @Override
  public void onComplete(HttpServerExchange ignored, Sender sender) {
    handleEvent(channel);
  }

  @Override
  public void onException(HttpServerExchange ignored, Sender sender, IOException failure) {
    sink.bodyRefused(Outcome.MALFORMED_REQUEST);
  }

  @Override
  public void handleEvent(StreamSourceChannel source) {
    try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
      pump(source, pooled.getBuffer());
    } catch (IOException e) {
      source.suspendReads();
      sink.bodyRefused(Outcome.MALFORMED_REQUEST);
    }
  }

  private void pump(StreamSourceChannel source, ByteBuffer buffer) throws IOException {
    while (true) {
      buffer.clear();
      int count = source.read(buffer);
      if (count == 0) {
        if (tooMuchBesideContent()) {
          throw new IOException("too long chunk extensions or trailers");
        }
        source.getReadSetter().set(this);
        source.resumeReads();
        return;
      }
      if (count < 0) {
        source.suspendReads();
        finish();
        return;
      }
      lastByteNanos = System.nanoTime();
      bytesReadAtContent = RequestLineConduit.of(exchange).bytesRead();
      if (count > bytesMax - received) {
        source.suspendReads();
        sink.bodyRefused(Outcome.BODY_TOO_LARGE);
        return;
      }
      if (keeps) {
        keep(buffer.flip());
      }
      received += count;
    }
  }

  private boolean tooMuchBesideContent() {
    return RequestLineConduit.of(exchange).bytesRead() - bytesReadAtContent > QUIET_BYTES_MAX;
  }

  private void finish() {
    if (overBudget) {
      sink.bodyRefused(Outcome.OVERLOADED);
    } else if (keeps) {
      byte[] whole = kept.length == received ? kept : Arrays.copyOf(kept, received);
      sink.bodyComplete(Bytes.wrap(whole));
    } else {
      sink.bodyComplete(Bytes.EMPTY);
    }
  }

  private void keep(ByteBuffer buffer) {
    int needed = received + buffer.remaining();
    if (needed > kept.length) {
      int capacity =
          Math.max(needed, Math.min(capacityMax(), Math.max(FIRST_CAPACITY, 2 * needed)));
      if (capacity > admitted) {
        admit(capacity - admitted);
      }
      if (!keeps) {
        return;
      }
      kept = Arrays.copyOf(kept, capacity);
    }
    buffer.get(kept, received, buffer.remaining());
  }

  /** A body of announced length needs no more than that. */
  private int capacityMax() {
    long announced = exchange.getRequestContentLength();
    return announced > 0 ? (int) announced : bytesMax;
  }

  private void admit(long bytes) {
    if (budget.tryAcquire(bytes)) {
      admitted += bytes;
    } else {
      overBudget = true;
      keeps = false;
      kept = new byte[0];
      release();
    }
  }
}
