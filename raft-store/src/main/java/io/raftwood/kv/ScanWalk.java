package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One page of a scan over the whole cluster: records by slot, then name, each group asked with the
 * options' consistency. Each page goes on behind the last record of the one before, so records that
 * exist throughout a scan are on exactly one page, whatever is written meanwhile.
 *
 * <p>Asks group after group, on the threads that complete the queries; nothing blocks. {@link
 * Replicated#appliedIndex} of the answer is that of the last one if one group was asked, else
 * negative; it is stale if any answer was.
 */
public final class ScanWalk {
  /** No further group is asked once a page has so much: its own page may add the full limit. */
  private static final long ENOUGH_BYTES = 1 << 20;

  private final KvGroups groups;
  private final Request request;
  private final RequestOptions options;
  private final Answers answers = new Answers();
  private final Iterator<KvGroups.Group> rest;
  private final List<Listed> records = new ArrayList<>();
  private Optional<ScanCursor> next;
  private long bytes;

  private ScanWalk(KvGroups groups, Request request, RequestOptions options) {
    this.groups = groups;
    this.request = request;
    this.options = options;
    ScanCursor from = request.from().orElse(ScanCursor.START);
    this.rest = groups.groups().stream().filter(g -> g.slots().to() > from.slot()).iterator();
    this.next = Optional.of(from);
  }

  /**
   * What to scan.
   *
   * @param table empty = keys
   * @param prefix what the names begin with; may be empty
   * @param from empty = the beginning
   * @param size most records of the page, 1..{@link KvLimits#PAGE_RECORDS_MAX}
   * @param withValues whether values are wanted
   */
  public record Request(
      Bytes table, Bytes prefix, Optional<ScanCursor> from, int size, boolean withValues) {}

  /**
   * A page.
   *
   * @param records may be fewer than asked for, even none, before the end
   * @param next where to go on; empty = nothing follows
   */
  public record Page(List<Listed> records, Optional<ScanCursor> next) {}

  /** Reads one page; fails as {@link KvGroups#query}. */
  public static CompletableFuture<Replicated<Page>> page(
      KvGroups groups, Request request, RequestOptions options) {
    ScanWalk walk = new ScanWalk(groups, request, options);
    if (!walk.rest.hasNext()) {
      return CompletableFuture.failedFuture(
          new GroupUnavailableException("this node does not know the cluster map yet"));
    }
    return StepLoop.run(walk::step)
        .thenApply(done -> walk.answers.together(new Page(List.copyOf(walk.records), walk.next)));
  }

  private CompletableFuture<Boolean> step() {
    KvGroups.Group group = rest.next();
    Bytes place = next.map(ScanCursor::place).orElse(Bytes.EMPTY);
    KvQuery query =
        new KvQuery.Scan(
            request.table(),
            request.prefix(),
            place.isEmpty() ? Optional.empty() : Optional.of(place),
            request.size() - records.size(),
            request.withValues());
    return answers
        .of(group.name(), options, () -> groups.query(group.name(), query, options))
        .thenApply(answer -> take(group, (KvResult.Page) answer));
  }

  /** Takes one group's page; whether the next group is to be asked. */
  private boolean take(KvGroups.Group group, KvResult.Page page) {
    for (Listed record : page.records()) {
      records.add(record);
      bytes += record.bytes();
    }
    if (!page.end()) {
      next = Optional.of(new ScanCursor(group.slots().from(), page.last().orElseThrow()));
      return false;
    }
    if (!rest.hasNext()) {
      next = Optional.empty();
      return false;
    }
    next = Optional.of(new ScanCursor(group.slots().to(), Bytes.EMPTY));
    return records.size() < request.size() && bytes < ENOUGH_BYTES;
  }
}
