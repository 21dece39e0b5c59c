package io.raftwood.server;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.ReplicaStatus.Role;
import io.raftwood.raft.jraft.JRaftGroup;
import java.util.function.ToDoubleFunction;

/** What {@code /metrics} tells of the replicas on this node, sampled at the scrape. */
final class ReplicaMetrics {
  private final ReplicaHost replicas;

  ReplicaMetrics(ReplicaHost replicas) {
    this.replicas = replicas;
  }

  void register(PrometheusRegistry registry) {
    status(registry, "raft_is_leader", "1 if this replica leads.", s -> flag(leads(s)));
    status(
        registry, "raft_has_leader", "1 if a leader is known.", s -> flag(s.leader().isPresent()));
    status(registry, "raft_term", "The current term.", ReplicaStatus::term);
    status(registry, "raft_commit_index", "Highest committed index known.", s -> s.commitIndex());
    status(registry, "raft_applied_index", "Highest index applied.", s -> s.appliedIndex());
    status(registry, "raft_last_log_index", "Last index on disk.", s -> s.lastLogIndex());
    status(registry, "raft_snapshot_index", "Index of the last snapshot.", s -> s.snapshotIndex());
    status(registry, "store_revision", "Commands applied in the group's life.", s -> s.revision());
    gauge(registry, "raft_pending_commands", "Commands not yet applied.", g -> g.pendingCommands());
    gauge(registry, "store_disk_bytes", "Size on disk.", g -> g.figures().diskBytes());
    gauge(registry, "store_memtable_bytes", "Not yet flushed.", g -> g.figures().memtableBytes());
    gauge(registry, "store_rows", "Rows, estimated.", g -> g.figures().estimatedKeys());
  }

  private void status(
      PrometheusRegistry registry,
      String name,
      String help,
      ToDoubleFunction<ReplicaStatus> value) {
    gauge(registry, name, help, group -> value.applyAsDouble(group.status()));
  }

  private void gauge(
      PrometheusRegistry registry, String name, String help, ToDoubleFunction<JRaftGroup> value) {
    GaugeWithCallback.builder()
        .name("raftwood_" + name)
        .help(help)
        .labelNames("group")
        .callback(
            callback ->
                replicas
                    .replicas()
                    .forEach(group -> callback.call(value.applyAsDouble(group), group.group())))
        .register(registry);
  }

  private static boolean leads(ReplicaStatus status) {
    return status.role() == Role.LEADER;
  }

  private static double flag(boolean value) {
    return value ? 1 : 0;
  }
}
