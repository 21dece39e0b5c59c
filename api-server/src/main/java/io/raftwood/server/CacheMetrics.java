package io.raftwood.server;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheQuery;
import io.raftwood.cache.CacheQueryCodec;
import io.raftwood.cache.CacheResult;
import io.raftwood.cache.CacheResultCodec;
import io.raftwood.cache.machine.CacheActivity;
import io.raftwood.cluster.CacheGroup;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.raft.Answer;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.Query;
import io.raftwood.raft.RaftGroup;
import io.raftwood.raft.ReadConsistency;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/** What {@code /metrics} tells of the cache's replicas on this node, sampled at the scrape. */
final class CacheMetrics {
  private static final Query FIGURES =
      new Query(CacheCommand.FAMILY, CacheQueryCodec.encode(new CacheQuery.Figures()));
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ReplicaHost replicas;
  private final ClusterDirectory cluster;
  private final CacheActivity activity;

  CacheMetrics(ReplicaHost replicas, ClusterDirectory cluster, CacheActivity activity) {
    this.replicas = replicas;
    this.cluster = cluster;
    this.activity = activity;
  }

  void register(PrometheusRegistry registry) {
    figure(registry, "bytes", "Bytes counted against the budget.", CacheResult.Figures::bytes);
    figure(registry, "budget_bytes", "The byte budget.", CacheResult.Figures::budget);
    figure(registry, "records", "Keys and fields of hashes.", CacheResult.Figures::records);
    figure(
        registry,
        "evicted",
        "Records removed for want of room in this epoch.",
        CacheResult.Figures::evicted);
    figure(
        registry,
        "expired",
        "Keys and hashes removed after their time in this epoch.",
        CacheResult.Figures::expired);
    GaugeWithCallback.builder()
        .name("raftwood_cache_epoch")
        .help("How often the cache has begun, empty; above 1 its content was lost.")
        .labelNames("group")
        .callback(
            callback ->
                cluster.map().stream()
                    .map(ClusterMap::cache)
                    .flatMap(cache -> cache.groups().stream())
                    .forEach(group -> callback.call(group.epoch(), group.base())))
        .register(registry);
    counter(registry, "hits", "Reads answered on this node that found a value.", activity::hits);
    counter(registry, "misses", "Reads answered on this node that found none.", activity::misses);
  }

  private void figure(
      PrometheusRegistry registry,
      String name,
      String help,
      ToLongFunction<CacheResult.Figures> value) {
    GaugeWithCallback.builder()
        .name("raftwood_cache_" + name)
        .help(help)
        .labelNames("group")
        .callback(
            callback ->
                cluster.map().stream()
                    .map(ClusterMap::cache)
                    .flatMap(cache -> cache.groups().stream())
                    .forEach(
                        group ->
                            figures(group)
                                .ifPresent(
                                    now -> callback.call(value.applyAsLong(now), group.base()))))
        .register(registry);
  }

  private static void counter(
      PrometheusRegistry registry, String name, String help, LongSupplier value) {
    CounterWithCallback.builder()
        .name("raftwood_cache_" + name + "_total")
        .help(help)
        .callback(callback -> callback.call(value.getAsLong()))
        .register(registry);
  }

  /** A local read is answered at once, or not at all. */
  private Optional<CacheResult.Figures> figures(CacheGroup group) {
    Optional<RaftGroup> here = replicas.find(group.name());
    return here.flatMap(
            replica ->
                now(
                    replica.query(
                        FIGURES, ReadConsistency.LOCAL, Deadline.after(PATIENCE), Runnable::run)))
        .map(CacheResultCodec::decode)
        .map(CacheResult.Figures.class::cast);
  }

  private static Optional<Bytes> now(CompletableFuture<Answer> asked) {
    boolean answered = asked.isDone() && !asked.isCompletedExceptionally();
    return answered ? Optional.of(asked.join().result()) : Optional.empty();
  }
}
