package io.raftwood.bench.load;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to do to which servers.
 *
 * @param endpoints connections are spread over them in turn
 * @param connections number of keep-alive connections, each with one request at a time
 * @param threads number of selector loops
 * @param workload what the requests are
 * @param timing how long
 */
public record LoadPlan(
    List<InetSocketAddress> endpoints,
    int connections,
    int threads,
    Workload workload,
    Timing timing) {
  /** Copies the list and checks the ranges. */
  public LoadPlan {
    endpoints = List.copyOf(endpoints);
    require(!endpoints.isEmpty(), "at least one endpoint is needed");
    require(connections >= 1 && connections <= 10_000, "connections: 1..10000");
    require(threads >= 1 && threads <= connections, "threads: 1..connections");
  }

  /** The endpoint of connection {@code number}. */
  InetSocketAddress endpoint(int number) {
    return endpoints.get(number % endpoints.size());
  }

  /** This with fewer or more connections. */
  LoadPlan withConnections(int other) {
    return new LoadPlan(endpoints, other, Math.min(threads, other), workload, timing);
  }

  /** This with other times. */
  LoadPlan with(Timing other) {
    return new LoadPlan(endpoints, connections, threads, workload, other);
  }

  /** This, when the keys are there. */
  LoadPlan withoutPreload() {
    Workload there =
        new Workload(
            workload.mix(),
            workload.consistency(),
            workload.keys(),
            workload.valueBytes(),
            false,
            workload.seed(),
            workload.dialect());
    return new LoadPlan(endpoints, connections, threads, there, timing);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * What the requests are.
   *
   * @param mix which operations
   * @param consistency of the gets; empty = the server's default
   * @param keys number of different keys, chosen uniformly
   * @param valueBytes size of every value
   * @param preload whether every key is put, or loaded, once before the warm-up
   * @param seed of keys and values
   * @param dialect whose API
   */
  public record Workload(
      LoadMix mix,
      Optional<String> consistency,
      int keys,
      int valueBytes,
      boolean preload,
      long seed,
      Dialect dialect) {
    private static final int KEYS_MAX = 9_999_999;

    /** Checks the ranges. */
    public Workload {
      require(keys >= 1 && keys <= KEYS_MAX, "keys: 1..9999999");
      require(valueBytes >= 1 && valueBytes < 33_554_432, "value-bytes: 1..33554431");
    }
  }

  /**
   * How long.
   *
   * @param warmUp load without measuring
   * @param duration load that is measured
   * @param timeout of one request; its connection is then replaced
   * @param ratePerSecond requests of all connections together, at a constant rate (open loop); 0 =
   *     each connection sends when its answer is there (closed loop)
   */
  public record Timing(Duration warmUp, Duration duration, Duration timeout, long ratePerSecond) {
    /** Checks the ranges. */
    public Timing {
      require(!warmUp.isNegative(), "warmup: not negative");
      require(duration.compareTo(Duration.ofMillis(10)) >= 0, "duration: at least 10ms");
      require(timeout.compareTo(Duration.ofMillis(10)) >= 0, "timeout: at least 10ms");
      require(ratePerSecond >= 0 && ratePerSecond <= 10_000_000, "rate: 0..10000000");
    }
  }
}
