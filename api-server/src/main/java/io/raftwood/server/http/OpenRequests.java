package io.raftwood.server.http;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.xnio.XnioExecutor;

/**
 * The requests of one I/O thread that are under way, and the clock that ends those that take too
 * long. Confined to its I/O thread, but for {@link #count}.
 *
 * <p>One sweep over a linked list instead of a timer for each request: most requests are answered
 * within the same burst and would only create and cancel theirs.
 */
final class OpenRequests {
  private final XnioExecutor ioThread;
  private final long sweepMillis;
  private final AtomicInteger count = new AtomicInteger();
  private OpenRequest first;
  private boolean sweeping;

  /** Sweeps every {@code sweepMillis} while there are requests. */
  OpenRequests(XnioExecutor ioThread, long sweepMillis) {
    this.ioThread = ioThread;
    this.sweepMillis = sweepMillis;
  }

  /** Takes in a request. */
  void add(OpenRequest request) {
    request.next = first;
    if (first != null) {
      first.previous = request;
    }
    first = request;
    count.lazySet(count.get() + 1);
    if (!sweeping) {
      sweeping = true;
      ioThread.executeAfter(this::sweep, sweepMillis, TimeUnit.MILLISECONDS);
    }
  }

  /** Lets go of a request that {@link #add} took in. */
  void remove(OpenRequest request) {
    if (request.previous == null) {
      first = request.next;
    } else {
      request.previous.next = request.next;
    }
    if (request.next != null) {
      request.next.previous = request.previous;
    }
    request.previous = null;
    request.next = null;
    count.lazySet(count.get() - 1);
  }

  /** How many there are; from any thread. */
  int count() {
    return count.get();
  }

  private void sweep() {
    long now = System.nanoTime();
    OpenRequest request = first;
    while (request != null) {
      OpenRequest following = request.next;
      request.checkTime(now);
      request = following;
    }
    sweeping = first != null;
    if (sweeping) {
      ioThread.executeAfter(this::sweep, sweepMillis, TimeUnit.MILLISECONDS);
    }
  }
}
