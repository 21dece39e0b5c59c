package io.raftwood.server;

import io.raftwood.admin.LaggingVoters;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.membership.NodeReport;
import io.raftwood.membership.StatusBoard;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lagging voters of the cache's group, from the cluster map and what the nodes report. */
record CacheLag(CacheTransit transit, ClusterDirectory cluster, StatusBoard board)
    implements LaggingVoters {
  private static final Duration FRESH = Duration.ofSeconds(2);
  private static final long LAG_ENTRIES_MAX = 1_000;

  @Override
  public List<String> ofCache() {
    Optional<ClusterMap> map = cluster.map();
    Optional<GroupRecord> group = map.flatMap(known -> transit.group().flatMap(known::group));
    if (group.isEmpty()) {
      return List.of();
    }
    Optional<ReplicaStatus> leader =
        board.leader(group.get().name(), FRESH).flatMap(report -> status(report, group.get()));
    return group.get().voters().stream()
        .filter(node -> lags(map.get(), group.get(), node, leader))
        .map(map.get()::node)
        .flatMap(Optional::stream)
        .map(NodeRecord::http)
        .map(Object::toString)
        .toList();
  }

  private boolean lags(
      ClusterMap map, GroupRecord group, String node, Optional<ReplicaStatus> leader) {
    Optional<ReplicaStatus> own =
        board.report(node, FRESH).flatMap(report -> status(report, group));
    Optional<PeerId> peer = map.peerOf(group.name(), node);
    if (own.isEmpty() || peer.isEmpty()) {
      return true;
    }
    return leader.isPresent()
        && (!leader.get().voters().contains(peer.get())
            || leader.get().commitIndex() - own.get().appliedIndex() > LAG_ENTRIES_MAX);
  }

  private static Optional<ReplicaStatus> status(NodeReport report, GroupRecord group) {
    return report.replica(group.name());
  }
}
