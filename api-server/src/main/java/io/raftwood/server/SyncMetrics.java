package io.raftwood.server;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.admin.SyncStatus;
import io.raftwood.admin.SyncStatus.Count;
import java.util.function.ToLongFunction;

/** What {@code sync_status} tells, for {@code /metrics}; sampled at the scrape. */
final class SyncMetrics {
  private SyncMetrics() {}

  static void register(SyncStatus status, PrometheusRegistry registry) {
    counter(
        status,
        registry,
        "raftwood_sync_owed_entries_total",
        "Log entries committed while the node lagged behind.",
        Count::owed);
    counter(
        status,
        registry,
        "raftwood_sync_delivered_entries_total",
        "Of the entries owed, those that the node has applied since.",
        Count::delivered);
  }

  private static void counter(
      SyncStatus status,
      PrometheusRegistry registry,
      String name,
      String help,
      ToLongFunction<Count> number) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("node")
        .callback(
            callback ->
                status
                    .counts()
                    .forEach(count -> callback.call(number.applyAsLong(count), count.http())))
        .register(registry);
  }
}
