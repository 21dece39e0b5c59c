package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.channels.StreamSinkChannel;
import org.xnio.channels.StreamSourceChannel;

/**
 * Writes a large body piece by piece (the JDK copies what it is given to native memory at each
 * write, however little the socket takes), or any body to a client that is still sending: then what
 * it sends is read and dropped, so that it sees the answer. Confined to the I/O thread.
 */
final class ResponseWriter implements ChannelListener<StreamSinkChannel> {
  /** Bytes handed to the socket at a time. */
  static final int CHUNK_BYTES = 65_536;

  private final HttpServerExchange exchange;
  private final ByteBuffer body;

  /** Will write {@code body}. */
  ResponseWriter(HttpServerExchange exchange, Bytes body) {
    this.exchange = exchange;
    this.body = ByteBuffer.wrap(body.unsafeArray());
  }

  /** Begins. */
  void start() {
    handleEvent(exchange.getResponseChannel());
  }

  @Override
  public void handleEvent(StreamSinkChannel sink) {
    try {
      if (writes(sink)) {
        sink.suspendWrites();
        end(sink);
      } else {
        sink.getWriteSetter().set(this);
        sink.resumeWrites();
      }
    } catch (IOException e) {
      IoUtils.safeClose(exchange.getConnection());
      exchange.endExchange();
    }
  }

  /** Whether everything was written. */
  private boolean writes(StreamSinkChannel sink) throws IOException {
    int end = body.capacity();
    while (body.position() < end) {
      body.limit(Math.min(end, body.position() + CHUNK_BYTES));
      if (sink.write(body) == 0) {
        return false;
      }
    }
    return true;
  }

  private void end(StreamSinkChannel sink) throws IOException {
    if (exchange.isRequestComplete()) {
      exchange.endExchange();
      return;
    }
    sink.shutdownWrites();
    if (!sink.flush()) {
      sink.getWriteSetter()
          .set(
              ChannelListeners.<StreamSinkChannel>flushingChannelListener(
                  null, (channel, failure) -> IoUtils.safeClose(exchange.getConnection())));
      sink.resumeWrites();
    }
    StreamSourceChannel source = exchange.getRequestChannel();
    if (source == null) {
      source = io.undertow.server.Connectors.getExistingRequestChannel(exchange);
    }
    source.getReadSetter().set(this::drop);
    source.resumeReads();
    drop(source);
  }

  private void drop(StreamSourceChannel source) {
    try (PooledByteBuffer pooled = exchange.getConnection().getByteBufferPool().allocate()) {
      int count;
      do {
        count = source.read(pooled.getBuffer().clear());
      } while (count > 0);
      if (count < 0) {
        IoUtils.safeClose(exchange.getConnection());
      }
    } catch (IOException e) {
      IoUtils.safeClose(exchange.getConnection());
    }
  }
}
