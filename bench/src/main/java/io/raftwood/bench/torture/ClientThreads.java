package io.raftwood.bench.torture;

import io.raftwood.bench.torture.workload.Endpoints;
import io.raftwood.bench.torture.workload.Pace;
import io.raftwood.bench.torture.workload.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The clients of all workloads, each in a thread of its own. */
final class ClientThreads implements AutoCloseable {
  private static final long END_SECONDS = 60;

  private final List<Future<?>> running = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile boolean stopped;

  /** Starts {@code clients} clients of each workload. */
  static ClientThreads start(List<Workload> workloads, int clients, Endpoints endpoints) {
    ClientThreads threads = new ClientThreads();
    for (Workload workload : workloads) {
      for (int number = 0; number < clients; number++) {
        Workload.Client client = workload.client(endpoints, number);
        threads.running.add(threads.threads.submit(() -> threads.work(client)));
      }
    }
    return threads;
  }

  /**
   * Tells all clients to end and waits for them.
   *
   * @throws IOException if one failed, or does not end
   */
  void stop() throws IOException, InterruptedException {
    stopped = true;
    for (Future<?> client : running) {
      try {
        client.get(END_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        throw new IOException("a client failed: " + e.getCause(), e.getCause());
      } catch (TimeoutException e) {
        throw new IOException("a client does not end", e);
      }
    }
  }

  @Override
  public void close() {
    stopped = true;
    threads.shutdownNow();
  }

  private void work(Workload.Client client) {
    try (client) {
      while (!stopped) {
        if (client.step()) {
          Pace.normal();
        } else {
          Pace.afterFailure();
        }
      }
    }
  }
}
