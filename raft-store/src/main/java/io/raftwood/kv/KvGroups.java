package io.raftwood.kv;

import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The groups that hold records, for queries that concern more than one record's slot. Thread-safe;
 * no method blocks, but a query may be answered on the calling thread and take as long as its page.
 * Futures complete and fail as those of {@link KvStore}.
 */
public interface KvGroups {
  /**
   * A group.
   *
   * @param name the group's
   * @param slots that it owns
   * @param hosts the nodes that host a replica of it by the cluster map, voters first, in
   *     preference order: what the map wants, which for a while may differ from what runs
   */
  record Group(String name, SlotRange slots, List<String> hosts) {
    /** Copies the list. */
    public Group {
      hosts = List.copyOf(hosts);
    }
  }

  /** All groups by ascending slots, without gap; empty while the cluster map is not known. */
  List<Group> groups();

  /** The names of the nodes in the order of {@code peer} numbers (contract 4.8). */
  List<String> nodes();

  /** Asks {@code group}, wherever the consistency in {@code options} allows. */
  CompletableFuture<Replicated<KvResult>> query(
      String group, KvQuery query, RequestOptions options);

  /**
   * Asks the replica of {@code group} on {@code node}: once it has reached a read index if the
   * options ask for {@code LINEARIZABLE}, else however far behind it is. Fails with {@link
   * io.raftwood.raft.GroupUnavailableException} if the node does not answer or runs no replica of
   * the group; never asks another node instead.
   */
  CompletableFuture<Replicated<KvResult>> queryReplica(
      String node, String group, KvQuery query, RequestOptions options);
}
