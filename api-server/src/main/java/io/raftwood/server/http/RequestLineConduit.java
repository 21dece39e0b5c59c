package io.raftwood.server.http;

import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.AbstractServerConnection;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.xnio.conduits.AbstractStreamSourceConduit;
import org.xnio.conduits.StreamSourceConduit;

/**
 * Hides percent signs of request lines from Undertow's parser, which refuses a broken
 * percent-encoding by itself, with a bare 400: hustdb's {@code val=100%} is a value, and a broken
 * key deserves an {@code Error} that names it. {@link #revealed} brings them back.
 *
 * <p>It need not know where a request ends: Undertow says so, by {@link #expectRequest}. Then
 * everything up to the first line feed is the request line. Bodies and headers pass untouched.
 * Confined to the connection's I/O thread.
 */
final class RequestLineConduit extends AbstractStreamSourceConduit<StreamSourceConduit> {
  /** Stands for a percent sign. */
  private static final char HIDDEN_PERCENT = '\u001f';

  /** Stands for a byte that looks like {@link #HIDDEN_PERCENT}; no target may contain it. */
  private static final byte REFUSED = 1;

  private boolean inRequestLine = true;
  private boolean begun;
  private long bytesRead;

  /** Reads from {@code next}; a request line comes first. */
  RequestLineConduit(StreamSourceConduit next) {
    super(next);
  }

  /** Tells the conduit of the exchange's connection that a request line comes next. */
  static void expectRequest(HttpServerExchange completed) {
    AbstractServerConnection connection = (AbstractServerConnection) completed.getConnection();
    RequestLineConduit conduit = of(completed);
    conduit.inRequestLine = true;
    conduit.begun = false;
    PooledByteBuffer pipelined = connection.getExtraBytes();
    if (pipelined != null) {
      ByteBuffer buffer = pipelined.getBuffer();
      conduit.hide(buffer, buffer.position(), buffer.limit());
    }
  }

  /** The conduit of the exchange's connection. */
  static RequestLineConduit of(HttpServerExchange exchange) {
    AbstractServerConnection connection = (AbstractServerConnection) exchange.getConnection();
    return (RequestLineConduit) connection.getOriginalSourceConduit();
  }

  /** Bytes that came over the connection so far. */
  long bytesRead() {
    return bytesRead;
  }

  /** A target or query as the client sent it. */
  static String revealed(String hidden) {
    return hidden.replace(HIDDEN_PERCENT, '%');
  }

  @Override
  public int read(ByteBuffer buffer) throws IOException {
    int from = buffer.position();
    int count = next.read(buffer);
    bytesRead += Math.max(0, count);
    if (inRequestLine) {
      hide(buffer, from, buffer.position());
    }
    return count;
  }

  private void hide(ByteBuffer buffer, int from, int to) {
    for (int at = from; at < to && inRequestLine; at++) {
      byte here = buffer.get(at);
      if (here == '%') {
        buffer.put(at, (byte) HIDDEN_PERCENT);
      } else if (here == HIDDEN_PERCENT) {
        buffer.put(at, REFUSED);
      }
      // Empty lines before a request are allowed.
      begun = begun || here != '\r' && here != '\n';
      inRequestLine = !(begun && here == '\n');
    }
  }
}
