package io.raftwood.server;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.kv.KvGroups;
import io.raftwood.kv.ReplicatedKvGroups;
import io.raftwood.kv.SlotRange;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.raft.Query;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.routing.RequestRouter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way to whole groups: those of the cluster map that own slots, through the router. */
record GroupTransit(RequestRouter router, ClusterDirectory cluster)
    implements ReplicatedKvGroups.Transit {
  @Override
  public List<KvGroups.Group> groups() {
    return cluster.map().stream()
        .flatMap(map -> map.groups().stream())
        .filter(group -> group.endSlot() > group.firstSlot())
        .sorted(Comparator.comparingInt(GroupRecord::firstSlot))
        .map(GroupTransit::group)
        .toList();
  }

  private static KvGroups.Group group(GroupRecord group) {
    List<String> hosts = new ArrayList<>(group.voters());
    hosts.addAll(group.learners());
    return new KvGroups.Group(
        group.name(), new SlotRange(group.firstSlot(), group.endSlot()), hosts);
  }

  @Override
  public List<String> nodes() {
    return cluster.map().map(ClusterMap::nodes).orElse(List.of()).stream()
        .map(NodeRecord::name)
        .toList();
  }

  @Override
  public CompletableFuture<Replicated<Bytes>> read(
      String group, Query query, RequestOptions options) {
    return router.read(group, query, options);
  }

  @Override
  public CompletableFuture<Replicated<Bytes>> readReplica(
      String node, String group, Query query, RequestOptions options) {
    return router.readReplica(node, group, query, options);
  }
}
