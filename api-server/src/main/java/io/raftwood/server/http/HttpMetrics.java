package io.raftwood.server.http;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Counters of the HTTP edge. Labels are bounded: operations and outcomes, never keys. */
final class HttpMetrics {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry;
  private final Counter requests;
  private final Histogram durations;
  private final Counter batched;
  private final CounterDataPoint refusedConnections;
  private final Map<String, DataPoints[]> points = new ConcurrentHashMap<>();
  private final Map<String, CounterDataPoint[]> batchPoints = new ConcurrentHashMap<>();

  /** Registers in {@code registry}. */
  HttpMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    requests =
        Counter.builder()
            .name("raftwood_http_requests_total")
            .help("Requests answered, by operation and outcome.")
            .labelNames("op", "outcome")
            .withoutExemplars()
            .register(registry);
    durations =
        Histogram.builder()
            .name("raftwood_http_request_duration_seconds")
            .help("Time from the end of a request's headers until its answer is taken.")
            .labelNames("op", "outcome")
            .classicOnly()
            .classicUpperBounds(
                0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5)
            .withoutExemplars()
            .register(registry);
    batched =
        Counter.builder()
            .name("raftwood_http_batch_commands_total")
            .help("Commands of batches answered, by operation and outcome.")
            .labelNames("op", "outcome")
            .withoutExemplars()
            .register(registry);
    refusedConnections =
        Counter.builder()
            .name("raftwood_http_rejected_total")
            .help("Connections refused at once, by reason.")
            .labelNames("reason")
            .withoutExemplars()
            .register(registry)
            .labelValues("connections");
  }

  /** Shows a number that is read at each scrape. */
  void gauge(String name, String help, LongSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsLong()))
        .register(registry);
  }

  /** Counts an answered request. */
  void answered(String operation, Outcome outcome, long nanos) {
    DataPoints[] ofOperation =
        points.computeIfAbsent(operation, name -> new DataPoints[Outcome.values().length]);
    DataPoints found = ofOperation[outcome.ordinal()];
    if (found == null) {
      // A race stores an equal object twice: both lead to the same data points.
      found =
          new DataPoints(
              requests.labelValues(operation, outcome.token()),
              durations.labelValues(operation, outcome.token()));
      ofOperation[outcome.ordinal()] = found;
    }
    found.count.inc();
    found.duration.observe(nanos / NANOS_PER_SECOND);
  }

  /** Counts an answered command of a batch. */
  void batched(String operation, Outcome outcome) {
    CounterDataPoint[] ofOperation =
        batchPoints.computeIfAbsent(
            operation, name -> new CounterDataPoint[Outcome.values().length]);
    CounterDataPoint found = ofOperation[outcome.ordinal()];
    if (found == null) {
      // As above: a race stores an equal object twice.
      found = batched.labelValues(operation, outcome.token());
      ofOperation[outcome.ordinal()] = found;
    }
    found.inc();
  }

  /** Counts a connection that was closed because there are too many. */
  void connectionRefused() {
    refusedConnections.inc();
  }

  private record DataPoints(CounterDataPoint count, DistributionDataPoint duration) {}
}
