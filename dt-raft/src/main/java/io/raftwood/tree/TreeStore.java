package io.raftwood.tree;

import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeQuery;
import io.raftwood.tree.model.TreeResult;
import java.util.concurrent.CompletableFuture;

/**
 * The replicated trees as the outside sees them, on any node: requests are routed to the group that
 * owns the tree's slot and forwarded to its leader. Thread-safe; no method blocks.
 *
 * <p>Futures complete on the options' executor, and fail with a {@link
 * io.raftwood.raft.ReplicationException} only. What breaks {@link
 * io.raftwood.tree.model.TreeLimits} is refused with an {@link IllegalArgumentException} at once:
 * the edge checks it before.
 */
public interface TreeStore {
  /**
   * Carries out a command; completes once it is committed on a majority and applied.
   *
   * @throws IllegalArgumentException for {@link TreeCommand.Purge}, which is not routed
   */
  CompletableFuture<Replicated<TreeResult>> execute(TreeCommand command, RequestOptions options);

  /**
   * Answers a query about one tree or node with the consistency that the options ask for.
   *
   * @throws IllegalArgumentException for {@link TreeQuery.ListTrees}, see {@link #list}
   */
  CompletableFuture<Replicated<TreeResult>> query(TreeQuery query, RequestOptions options);

  /**
   * Lists the trees of the group that owns {@code slot}. Asked once for each group, with its first
   * slot, and put together by {@link TreeResult.Trees#merge}, this lists the cluster's.
   */
  CompletableFuture<Replicated<TreeResult.Trees>> list(
      int slot, TreeQuery.ListTrees query, RequestOptions options);
}
