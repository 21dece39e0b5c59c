package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.Query;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The groups of the record store over the cluster: encodes, sends by name, decodes. */
public final class ReplicatedKvGroups implements KvGroups {
  private final Transit transit;

  /** Groups that are reached through {@code transit}. */
  public ReplicatedKvGroups(Transit transit) {
    this.transit = transit;
  }

  /** Knows the cluster map and brings encoded queries to a group (see {@code routing}). */
  public interface Transit {
    /** As {@link KvGroups#groups}. */
    List<Group> groups();

    /** As {@link KvGroups#nodes}. */
    List<String> nodes();

    /** Answers a query in {@code group}. */
    CompletableFuture<Replicated<Bytes>> read(String group, Query query, RequestOptions options);

    /** Answers a query from the replica of {@code group} on {@code node}. */
    CompletableFuture<Replicated<Bytes>> readReplica(
        String node, String group, Query query, RequestOptions options);
  }

  @Override
  public List<Group> groups() {
    return transit.groups();
  }

  @Override
  public List<String> nodes() {
    return transit.nodes();
  }

  @Override
  public CompletableFuture<Replicated<KvResult>> query(
      String group, KvQuery query, RequestOptions options) {
    return transit.read(group, encode(query), options).thenApply(ReplicatedKvStore::decode);
  }

  @Override
  public CompletableFuture<Replicated<KvResult>> queryReplica(
      String node, String group, KvQuery query, RequestOptions options) {
    return transit
        .readReplica(node, group, encode(query), options)
        .thenApply(ReplicatedKvStore::decode);
  }

  private static Query encode(KvQuery query) {
    return new Query(KvCommand.FAMILY, KvQueryCodec.encode(query));
  }
}
