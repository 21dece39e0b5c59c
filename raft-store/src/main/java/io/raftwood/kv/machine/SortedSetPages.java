package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageCursor;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Pages of sorted sets, in the order of the scores; O(log n + page) steps anywhere. */
record SortedSetPages(QueryContext context) {
  /** By rank. */
  KvResult byRank(KvQuery.RangeByRank query) {
    return refusal(query.table())
        .orElseGet(
            () -> {
              PageWalk walk = walk(query.offset(), query.size(), query.withScores());
              return pageFrom(walk, query.table(), 0, Long.MAX_VALUE);
            });
  }

  /** By score. */
  KvResult byScore(KvQuery.RangeByScore query) {
    return refusal(query.table())
        .orElseGet(
            () -> {
              PageWalk walk = walk(query.offset(), query.size(), query.withScores());
              ScoreIndex index = new ScoreIndex(query.table());
              if (query.offset() == 0) {
                StorageCursor rows = index.fromScore(context.view(), query.min());
                return page(walk, index, rows, query.max(), () -> 0);
              }
              long first = index.rank(context.view(), query.min());
              return pageFrom(walk, query.table(), first, query.max());
            });
  }

  private PageWalk walk(long offset, int size, boolean withScores) {
    return new PageWalk(context.clockMillis(), offset, size, withScores);
  }

  private Optional<KvResult> refusal(Bytes table) {
    Optional<RecordKind> kind = Catalogue.kindOf(context.view(), table);
    if (kind.isEmpty()) {
      return Optional.of(new KvResult.Absent());
    }
    return kind.get() == RecordKind.SORTED_SET_MEMBER
        ? Optional.empty()
        : Optional.of(new KvResult.WrongKind());
  }

  /** A page of the members that begin at rank {@code first} and end with the score {@code max}. */
  private KvResult pageFrom(PageWalk walk, Bytes table, long first, long max) {
    ScoreIndex index = new ScoreIndex(table);
    StorageCursor rows = index.from(context.view(), first + walk.toSkip());
    return page(walk, index, rows, max, () -> Math.max(0, behind(table, max) - first));
  }

  /**
   * A page of {@code rows}, which begin behind the offset.
   *
   * @param length of the listing; asked only if its end is before the offset, since it costs a walk
   *     through the index
   */
  private KvResult page(
      PageWalk walk, ScoreIndex index, StorageCursor rows, long max, LongSupplier length) {
    try (rows) {
      boolean more = rows.next() && index.score(rows.key()) <= max;
      walk.skip(more ? walk.toSkip() : length.getAsLong());
      while (more) {
        RecordId id = RecordId.scored(index.table(), index.member(rows.key()));
        if (walk.isFull() || !walk.take(rows.key(), id, RecordRow.decode(rows.value()))) {
          return walk.page(false);
        }
        more = rows.next() && index.score(rows.key()) <= max;
      }
    }
    return walk.page(true);
  }

  /** The rank behind the last member with the score {@code max}. */
  private long behind(Bytes table, long max) {
    return max == Long.MAX_VALUE
        ? Catalogue.table(context.view(), table).map(found -> found.figures().count()).orElse(0L)
        : new ScoreIndex(table).rank(context.view(), max + 1);
  }
}
