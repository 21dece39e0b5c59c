package io.raftwood.kv;

import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.RequestOptions;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Comparisons over replicated groups. */
public final class ReplicatedCompareStore implements CompareStore {
  private final KvGroups groups;
  private final DivergenceListener listener;

  /** Compares replicas of {@code groups} and tells {@code listener} what it finds. */
  public ReplicatedCompareStore(KvGroups groups, DivergenceListener listener) {
    this.groups = groups;
    this.listener = listener;
  }

  @Override
  public CompletableFuture<Comparison> compare(RecordId id, RequestOptions options) {
    int slot = id.slot();
    Optional<KvGroups.Group> owner =
        groups.groups().stream().filter(group -> group.slots().contains(slot)).findFirst();
    if (owner.isEmpty()) {
      return CompletableFuture.failedFuture(
          new GroupUnavailableException("this node does not know the cluster map yet"));
    }
    return new CompareWalk(groups, owner.get(), id, options)
        .run()
        .thenApply(found -> told(owner.get().name(), id, found));
  }

  private Comparison told(String group, RecordId id, CompareWalk.Finding finding) {
    if (finding.comparison() instanceof Comparison.Diverged) {
      listener.diverged(id, (Comparison.Diverged) finding.comparison());
    } else if (finding.settled()) {
      listener.agreed(group, id);
    }
    return finding.comparison();
  }
}
