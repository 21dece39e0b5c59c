package io.raftwood.server;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.raftwood.backup.BackupViews;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.jraft.JRaftGroup;
import io.raftwood.storage.StorageSnapshot;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** The views that backups read on this node, from its own replicas, and their metrics. */
final class NodeBackups {
  private static final int ID_BYTES = 16;

  private NodeBackups() {}

  /** Views of {@code replicas}; {@code membership} ticks for them. */
  static BackupViews views(
      ReplicaHost replicas, NodeMembership membership, PrometheusRegistry registry) {
    SecureRandom random = new SecureRandom();
    BackupViews views =
        new BackupViews(
            (group, deadline, executor) -> hold(replicas, group, deadline, executor),
            GroupMachines.ARCHIVES,
            () -> id(random),
            System::nanoTime);
    GaugeWithCallback.builder()
        .name("raftwood_backup_views")
        .help("Views that backups read here.")
        .callback(callback -> callback.call(views.open()))
        .register(registry);
    CounterWithCallback.builder()
        .name("raftwood_backup_bytes_total")
        .help("Bytes of records and trees read here by backups and exports.")
        .callback(callback -> callback.call(views.bytesRead()))
        .register(registry);
    membership.alsoTick(views::tick);
    return views;
  }

  private static CompletableFuture<StorageSnapshot> hold(
      ReplicaHost replicas, String group, Deadline deadline, Executor executor) {
    Optional<JRaftGroup> replica = replicas.replica(group);
    return replica.isPresent()
        ? replica.get().hold(deadline, executor)
        : CompletableFuture.failedFuture(
            new GroupUnavailableException("no replica of " + group + " runs here"));
  }

  private static String id(SecureRandom random) {
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
