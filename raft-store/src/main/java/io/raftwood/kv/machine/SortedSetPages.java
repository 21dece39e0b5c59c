package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageCursor;
import java.util.Optional;

/** Pages of sorted sets, in the order of the scores; O(log n + page) steps anywhere. */
record SortedSetPages(QueryContext context) {
  /** By rank. */
  KvResult byRank(KvQuery.RangeByRank query) {
    return refusal(query.table())
        .orElseGet(
            () -> {
              PageWalk walk = walk(query.offset(), query.size(), query.withScores());
              return page(walk, query.table(), 0, Long.MAX_VALUE);
            });
  }

  /** By score. */
  KvResult byScore(KvQuery.RangeByScore query) {
    return refusal(query.table())
        .orElseGet(
            () -> {
              PageWalk walk = walk(query.offset(), query.size(), query.withScores());
              long first = new ScoreIndex(query.table()).rank(context.view(), query.min());
              return page(walk, query.table(), first, query.max());
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
  private KvResult page(PageWalk walk, Bytes table, long first, long max) {
    ScoreIndex index = new ScoreIndex(table);
    try (StorageCursor rows = index.from(context.view(), first + walk.toSkip())) {
      boolean more = rows.next() && index.score(rows.key()) <= max;
      // Only an offset behind the end makes the length worth another walk through the index.
      walk.skip(more ? walk.toSkip() : Math.max(0, behind(table, max) - first));
      while (more) {
        RecordId id = RecordId.scored(table, index.member(rows.key()));
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
