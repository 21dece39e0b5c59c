package io.raftwood.server.http;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.conduits.ConduitStreamSourceChannel;

/**
 * Lets in so many connections and closes further ones at once, so that those that are in, and the
 * descriptors that the store needs, stay usable. Thread-safe.
 */
final class ConnectionGate implements ChannelListener<StreamConnection> {
  private final int limit;
  private final ChannelListener<? super StreamConnection> inside;
  private final HttpMetrics metrics;
  private final AtomicInteger open = new AtomicInteger();

  /** Hands connections to {@code inside} while there are fewer than {@code limit}. */
  ConnectionGate(int limit, ChannelListener<? super StreamConnection> inside, HttpMetrics metrics) {
    this.limit = limit;
    this.inside = inside;
    this.metrics = metrics;
  }

  /** Connections open now. */
  int open() {
    return open.get();
  }

  @Override
  public void handleEvent(StreamConnection connection) {
    if (open.incrementAndGet() > limit) {
      open.decrementAndGet();
      metrics.connectionRefused();
      IoUtils.safeClose(connection);
      return;
    }
    ConduitStreamSourceChannel source = connection.getSourceChannel();
    source.setConduit(new RequestLineConduit(source.getConduit()));
    inside.handleEvent(connection);
    AtomicBoolean left = new AtomicBoolean();
    ChannelListener<? super StreamConnection> before = connection.getCloseListener();
    connection.setCloseListener(
        closed -> {
          leave(left);
          ChannelListeners.invokeChannelListener(connection, before);
        });
    if (!connection.isOpen()) {
      leave(left);
    }
  }

  private void leave(AtomicBoolean left) {
    if (left.compareAndSet(false, true)) {
      open.decrementAndGet();
    }
  }
}
