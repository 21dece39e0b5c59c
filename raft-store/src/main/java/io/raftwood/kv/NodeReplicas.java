package io.raftwood.kv;

import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The replicas on one node, one after another in slot order. Which groups these are is decided by
 * the cluster map at the beginning of a walk ({@link KvGroups.Group#hosts}). Confined to one walk.
 */
final class NodeReplicas {
  private final KvGroups groups;
  private final String node;
  private final RequestOptions options;
  private final Answers answers = new Answers();
  private final Iterator<KvGroups.Group> hosted;
  private final boolean mapKnown;

  /** The replicas on {@code node}. */
  NodeReplicas(KvGroups groups, String node, RequestOptions options) {
    this.groups = groups;
    this.node = node;
    this.options = options;
    List<KvGroups.Group> all = groups.groups();
    this.mapKnown = !all.isEmpty();
    this.hosted = all.stream().filter(group -> group.hosts().contains(node)).iterator();
  }

  /**
   * Whether there is another replica.
   *
   * @throws GroupUnavailableException when the cluster map is not known
   */
  boolean hasNext() {
    if (!mapKnown) {
      throw new GroupUnavailableException("this node does not know the cluster map yet");
    }
    return hosted.hasNext();
  }

  /** The next replica's group. */
  KvGroups.Group next() {
    return hosted.next();
  }

  /** Asks the node's replica of {@code group}. */
  CompletableFuture<KvResult> ask(KvGroups.Group group, KvQuery query) {
    return answers.of(
        group.name(), options, () -> groups.queryReplica(node, group.name(), query, options));
  }

  /** {@code value} with what the answers say about how fresh it is. */
  <T> Replicated<T> together(T value) {
    return answers.together(value);
  }
}
