package io.raftwood.kv;

import io.raftwood.kv.KvResult.Listed;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What the replicas on one node hold, listed in slot order as if they were one (contract 4.8): one
 * window of offset and size over all of them. Groups that the node does not host by the cluster map
 * ({@link KvGroups.Group#hosts}) are left out; one that it should host and that does not answer
 * fails the listing, which would else have a gap.
 *
 * <p>Asks group after group, on the threads that complete the queries; nothing blocks. Futures fail
 * as those of {@link KvGroups#queryReplica}. {@link Replicated#appliedIndex} of the answer is that
 * of the replica if one group was asked, else negative.
 */
public final class PeerListing {
  private final NodeReplicas replicas;
  private final Part part;
  private final int size;
  private final List<Listed> records = new ArrayList<>();
  private long offset;
  private long passed;
  private long bytes;
  private boolean known;
  private boolean otherKind;
  private boolean tooLarge;
  private boolean end = true;

  private PeerListing(NodeReplicas replicas, Part part, long offset, int size, boolean known) {
    this.replicas = replicas;
    this.part = part;
    this.offset = offset;
    this.size = size;
    this.known = known;
  }

  /** What to ask one group. */
  private interface Part {
    /** Whether the group has anything to say. */
    boolean concerns(KvGroups.Group group);

    /** The rest of the window. */
    KvQuery of(KvGroups.Group group, long offset, int size);
  }

  /**
   * The records of all kinds on {@code node}, by slot, kind, table and name: {@link KvResult.Page}
   * or {@link KvResult.PageTooLarge}. Only groups with slots of the query are asked.
   */
  public static CompletableFuture<Replicated<KvResult>> records(
      KvGroups groups, String node, KvQuery.ListRecords query, RequestOptions options) {
    Part part =
        new Part() {
          @Override
          public boolean concerns(KvGroups.Group group) {
            return !query.slots().intersect(group.slots()).isEmpty();
          }

          @Override
          public KvQuery of(KvGroups.Group group, long offset, int size) {
            SlotRange slots = query.slots().intersect(group.slots());
            return new KvQuery.ListRecords(slots, offset, size, query.withValues());
          }
        };
    return new PeerListing(
            new NodeReplicas(groups, node, options), part, query.offset(), query.size(), true)
        .run();
  }

  /**
   * The records of one table on {@code node}, by slot and name: {@link KvResult.Page} or {@link
   * KvResult.PageTooLarge}; {@link KvResult.Absent} if no group on the node knows the table, {@link
   * KvResult.WrongKind} if some do and none as the kind asked for: kinds are kept per group.
   */
  public static CompletableFuture<Replicated<KvResult>> table(
      KvGroups groups, String node, KvQuery.ListTable query, RequestOptions options) {
    Part part =
        new Part() {
          /** Also a group without any of the slots knows whether there is such a table. */
          @Override
          public boolean concerns(KvGroups.Group group) {
            return true;
          }

          @Override
          public KvQuery of(KvGroups.Group group, long offset, int size) {
            SlotRange slots = query.slots().intersect(group.slots());
            return new KvQuery.ListTable(
                query.kind(), query.table(), slots, offset, size, query.withValues());
          }
        };
    return new PeerListing(
            new NodeReplicas(groups, node, options), part, query.offset(), query.size(), false)
        .run();
  }

  private CompletableFuture<Replicated<KvResult>> run() {
    return StepLoop.run(this::step).thenApply(done -> replicas.together(result()));
  }

  private CompletableFuture<Boolean> step() {
    while (replicas.hasNext()) {
      KvGroups.Group group = replicas.next();
      if (part.concerns(group)) {
        return replicas
            .ask(group, part.of(group, offset, size - records.size()))
            .thenApply(this::take);
      }
    }
    return CompletableFuture.completedFuture(false);
  }

  /** Takes one group's answer; whether the next group is to be asked. */
  private boolean take(KvResult answer) {
    if (answer instanceof KvResult.Page) {
      return take((KvResult.Page) answer);
    }
    otherKind |= answer instanceof KvResult.WrongKind;
    tooLarge |= answer instanceof KvResult.PageTooLarge;
    return !tooLarge;
  }

  private boolean take(KvResult.Page page) {
    known = true;
    end = page.end();
    passed += page.passed();
    offset = Math.max(0, offset - page.passed());
    for (Listed record : page.records()) {
      records.add(record);
      bytes += record.bytes();
    }
    tooLarge = bytes > KvLimits.PAGE_BYTES_MAX && records.size() > 1;
    return end && !tooLarge;
  }

  private KvResult result() {
    if (tooLarge) {
      return new KvResult.PageTooLarge();
    }
    if (known) {
      return new KvResult.Page(List.copyOf(records), end, passed, Optional.empty());
    }
    return otherKind ? new KvResult.WrongKind() : new KvResult.Absent();
  }
}
