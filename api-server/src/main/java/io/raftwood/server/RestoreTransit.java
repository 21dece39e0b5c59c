package io.raftwood.server;

import io.raftwood.backup.ReplicatedRestoreStore;
import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.GroupRecord;
import io.raftwood.kv.KvGroups;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.raft.Command;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.routing.RequestRouter;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The way of restores to groups: those that own slots, through the router. */
record RestoreTransit(RequestRouter router, ClusterDirectory cluster)
    implements ReplicatedRestoreStore.Transit {
  @Override
  public List<String> groups() {
    return new GroupTransit(router, cluster).groups().stream().map(KvGroups.Group::name).toList();
  }

  @Override
  public String groupOf(int slot) {
    return cluster
        .groupOfSlot(slot)
        .map(GroupRecord::name)
        .orElseThrow(() -> new GroupUnavailableException("no group owns slot " + slot));
  }

  @Override
  public CompletableFuture<Bytes> write(String group, Command command, RequestOptions options) {
    return router.write(group, command, options).thenApply(Replicated::value);
  }
}
