package io.raftwood.server;

import io.raftwood.bytes.Bytes;
import io.raftwood.cluster.CacheGroup;
import io.raftwood.cluster.ClusterMap;
import io.raftwood.membership.ClusterDirectory;
import io.raftwood.raft.Command;
import io.raftwood.raft.Query;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.raft.Transit;
import io.raftwood.routing.RequestRouter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The way to the cache: its one group owns all cache slots, in the epoch that the cluster map shows
 * at each attempt.
 */
record CacheTransit(RequestRouter router, ClusterDirectory cluster) implements Transit {
  @Override
  public CompletableFuture<Replicated<Bytes>> write(
      int slot, int family, Bytes command, RequestOptions options) {
    return router.write(
        this::group, new Command(family, options.idempotencyKey(), command), options);
  }

  @Override
  public CompletableFuture<Replicated<Bytes>> read(int slot, Query query, RequestOptions options) {
    return router.read(this::group, query, options);
  }

  /** The present epoch's group. */
  Optional<String> group() {
    return cluster.map().stream()
        .map(ClusterMap::cache)
        .flatMap(cache -> cache.groups().stream())
        .filter(group -> group.epoch() > 0)
        .map(CacheGroup::name)
        .findFirst();
  }
}
