package io.raftwood.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread that drives its connections until the control says stop. Broken connections are
 * counted and opened again.
 */
final class LoadLoop implements Runnable {
  private static final int STATUS_OK = 200;
  private static final long HOUSEKEEPING_MILLIS = 100;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final long ARRIVAL_POLL_NANOS = 50_000;

  private final LoadPlan plan;
  private final LoadControl control;
  private final List<LoadConnection> connections;
  private final LoadStatistics statistics = new LoadStatistics();
  private final SplittableRandom random;
  private final Optional<ArrivalSchedule> arrivals;
  private final Deque<SelectionKey> idle = new ArrayDeque<>();
  private long lastHousekeeping = System.nanoTime();

  LoadLoop(LoadPlan plan, LoadControl control, List<LoadConnection> connections, long seed) {
    this.plan = plan;
    this.control = control;
    this.connections = connections;
    this.random = new SplittableRandom(seed);
    long rate = plan.timing().ratePerSecond();
    this.arrivals =
        rate == 0 ? Optional.empty() : Optional.of(new ArrivalSchedule(rate, plan.threads()));
  }

  /** What was counted; read it only after the thread has ended. */
  LoadStatistics statistics() {
    return statistics;
  }

  @Override
  public void run() {
    try (Selector selector = Selector.open()) {
      connections.forEach(connection -> open(connection, selector));
      while (control.phase() != LoadControl.Phase.STOPPED) {
        if (arrivals.isPresent() && !idle.isEmpty()) {
          awaitArrival(selector, arrivals.get());
        } else {
          selector.select(this::handle, HOUSEKEEPING_MILLIS);
        }
        keepHouse(selector);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the selector failed", e);
    } finally {
      connections.forEach(LoadConnection::close);
    }
  }

  /** A selector waits for milliseconds at least; arrivals are nearer than that. */
  private void awaitArrival(Selector selector, ArrivalSchedule schedule) throws IOException {
    long wait = schedule.untilNext(System.nanoTime());
    if (wait > 2 * NANOS_PER_MILLI) {
      selector.select(this::handle, Math.min(HOUSEKEEPING_MILLIS, wait / NANOS_PER_MILLI - 1));
    } else if (selector.selectNow(this::handle) == 0 && wait > 0) {
      LockSupport.parkNanos(Math.min(wait, ARRIVAL_POLL_NANOS));
    }
    long now = System.nanoTime();
    while (!idle.isEmpty() && schedule.untilNext(now) <= 0) {
      SelectionKey key = idle.poll();
      if (key.isValid()) {
        LoadConnection connection = (LoadConnection) key.attachment();
        connection.dueAt(schedule.take());
        try {
          request(connection, key);
        } catch (IOException e) {
          fail(connection, "broken connection");
        }
      }
    }
  }

  private void handle(SelectionKey key) {
    LoadConnection connection = (LoadConnection) key.attachment();
    try {
      if (key.isConnectable()) {
        connection.finishConnect(key);
        send(connection, key);
      } else if (key.isWritable()) {
        connection.flush(key);
      } else if (key.isReadable() && connection.receive(key)) {
        answered(connection);
        next(connection, key);
      }
    } catch (IOException e) {
      fail(connection, "broken connection");
    }
  }

  private void next(LoadConnection connection, SelectionKey key) throws IOException {
    if (connection.ending()) {
      connection.close();
      open(connection, key.selector());
    } else {
      send(connection, key);
    }
  }

  private void answered(LoadConnection connection) {
    control.answered();
    if (control.phase() == LoadControl.Phase.MEASURED) {
      if (connection.status() == STATUS_OK && connection.refused()) {
        statistics.error("refusal with status 200");
      } else {
        long now = System.nanoTime();
        statistics.answer(
            connection.status(), connection.latency(now), now - control.measuredFrom());
      }
    }
    if (connection.preloading() >= 0 && connection.status() == 200) {
      control.preloaded();
      connection.preloading(-1);
    }
  }

  private void send(LoadConnection connection, SelectionKey key) throws IOException {
    if (connection.preloading() < 0) {
      connection.preloading(control.takePreload());
    }
    if (connection.preloading() >= 0) {
      LoadOperation operation = plan.workload().mix().preloading();
      connection.send(key, operation, connection.preloading(), random.nextInt());
    } else if (arrivals.isPresent()) {
      idle.add(key);
    } else {
      request(connection, key);
    }
  }

  private void request(LoadConnection connection, SelectionKey key) throws IOException {
    LoadOperation operation = plan.workload().mix().operation(random.nextInt(100));
    connection.send(key, operation, number(operation), random.nextInt());
  }

  private long number(LoadOperation operation) {
    int keys = plan.workload().keys();
    switch (operation) {
      case TREE_INSERT:
        return random.nextLong(keys * TreePreload.SPACING);
      case TREE_GET, TREE_SEEK:
        return random.nextInt(keys) * TreePreload.SPACING;
      default:
        return random.nextInt(keys);
    }
  }

  private void keepHouse(Selector selector) {
    long now = System.nanoTime();
    if (now - lastHousekeeping < HOUSEKEEPING_MILLIS * NANOS_PER_MILLI) {
      return;
    }
    lastHousekeeping = now;
    long oldest = now - plan.timing().timeout().toNanos();
    for (LoadConnection connection : connections) {
      if (!connection.isOpen()) {
        open(connection, selector);
      } else if (connection.overdue(oldest)) {
        fail(connection, "time-out");
      }
    }
  }

  private void open(LoadConnection connection, Selector selector) {
    try {
      connection.open(selector);
    } catch (IOException e) {
      fail(connection, "broken connection");
    }
  }

  /** Reopened by the next housekeeping, so that a dead server is not hammered. */
  private void fail(LoadConnection connection, String kind) {
    connection.close();
    if (control.phase() == LoadControl.Phase.MEASURED) {
      statistics.error(kind);
    }
  }
}
