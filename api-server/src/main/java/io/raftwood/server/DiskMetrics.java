package io.raftwood.server;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;

/** What {@code /metrics} tells of the data directory's disk; sampled at the scrape. */
final class DiskMetrics {
  private DiskMetrics() {}

  static void register(DiskGuard disk, ReplicaHost replicas, PrometheusRegistry registry) {
    gauge(
        registry,
        "room",
        "Room on the disk: 0 ample, 1 short, 2 full (what adds data is refused), 3 exhausted"
            + " (all).",
        () -> disk.room().ordinal());
    gauge(registry, "free_bytes", "Free for this process.", () -> (double) disk.disk().freeBytes());
    gauge(
        registry,
        "total_bytes",
        "Size of the file system.",
        () -> (double) disk.disk().totalBytes());
    gauge(
        registry,
        "used_bytes",
        "In the data directory; 0 without disk.quota.",
        () -> (double) disk.disk().usedBytes());
    CounterWithCallback.builder()
        .name("raftwood_disk_refused_total")
        .help("Commands refused here for want of disk room, by group.")
        .labelNames("group")
        .callback(
            callback ->
                replicas
                    .replicas()
                    .forEach(group -> callback.call(group.gate().refused(), group.group())))
        .register(registry);
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name("raftwood_disk_" + name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }
}
