package io.raftwood.server.http;

import io.raftwood.cluster.ClusterMap;
import io.raftwood.cluster.NodeRecord;
import io.raftwood.kv.KvGroups;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.SlotRange;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** One group over the records of a {@link FakeKvStore}, on the nodes of a {@link FakeAdmin}. */
final class FakeKvGroups implements KvGroups {
  private final FakeKvStore store;
  private final FakeAdmin admin;
  private final Set<String> down = ConcurrentHashMap.newKeySet();

  /** The names of the threads on which questions came. */
  final List<String> threads = new CopyOnWriteArrayList<>();

  FakeKvGroups(FakeKvStore store, FakeAdmin admin) {
    this.store = store;
    this.admin = admin;
  }

  /** From now on {@code node} does not answer. */
  void stop(String node) {
    down.add(node);
  }

  @Override
  public List<Group> groups() {
    return nodes().isEmpty() ? List.of() : List.of(new Group("data-0", SlotRange.ALL, nodes()));
  }

  @Override
  public List<String> nodes() {
    return admin.clusterMap().map(ClusterMap::nodes).orElse(List.of()).stream()
        .map(NodeRecord::name)
        .toList();
  }

  @Override
  public CompletableFuture<Replicated<KvResult>> query(
      String group, KvQuery query, RequestOptions options) {
    threads.add(Thread.currentThread().getName());
    return store.query(query, options);
  }

  @Override
  public CompletableFuture<Replicated<KvResult>> queryReplica(
      String node, String group, KvQuery query, RequestOptions options) {
    if (down.contains(node)) {
      return CompletableFuture.failedFuture(new GroupUnavailableException(node + " is down"));
    }
    return nodes().indexOf(node) == 1 && query instanceof KvQuery.Observe
        ? store.queryOfSecond(query, options)
        : query(group, query, options);
  }
}
