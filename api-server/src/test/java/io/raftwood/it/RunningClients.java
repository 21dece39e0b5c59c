package io.raftwood.it;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Client threads of a test; a failure in one of them fails {@link #finish}. */
final class RunningClients implements AutoCloseable {
  private final AtomicBoolean stopped = new AtomicBoolean();
  private final List<Future<?>> running = new ArrayList<>();
  private final ExecutorService threads;

  /** What one client does. */
  interface Client {
    /** Works until it is done or {@link RunningClients#stopped()}. */
    void run(int number) throws Exception;
  }

  /** No clients yet; at most {@code count}. */
  RunningClients(int count) {
    threads = Executors.newFixedThreadPool(count);
  }

  /** Starts {@code count} clients, numbered from 0. */
  static RunningClients start(int count, Client client) {
    RunningClients clients = new RunningClients(count);
    for (int i = 0; i < count; i++) {
      clients.add(i, client);
    }
    return clients;
  }

  /** Starts one more. */
  void add(int number, Client client) {
    running.add(
        threads.submit(
            () -> {
              client.run(number);
              return true;
            }));
  }

  /** Whether the clients should end. */
  boolean stopped() {
    return stopped.get();
  }

  /** Fails with what ended a client before its time, if one was. */
  void rethrowFailure() throws InterruptedException {
    for (Future<?> client : running) {
      if (client.isDone()) {
        join(client, Duration.ZERO);
      }
    }
  }

  /** Tells the clients to end and waits. */
  void stop(Duration limit) throws InterruptedException {
    stopped.set(true);
    finish(limit);
  }

  /** Waits until all clients are done by themselves. */
  void finish(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    for (Future<?> client : running) {
      join(client, Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
  }

  @Override
  public void close() {
    stopped.set(true);
    threads.shutdownNow();
  }

  private static void join(Future<?> client, Duration limit) throws InterruptedException {
    try {
      client.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError("a client failed", e.getCause());
    } catch (TimeoutException e) {
      throw new AssertionError("a client is not done after " + limit, e);
    }
  }
}
