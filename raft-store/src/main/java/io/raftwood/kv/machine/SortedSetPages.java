package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageCursor;
import java.util.Optional;

/** Pages of sorted sets, in the order of the scores; O(log n + page) steps anywhere. */
record SortedSetPages(QueryContext context) {
  /** By rank. */
  KvResult byRank(KvQuery.RangeByRank query) {
    Optional<TableFigures> table = Catalogue.table(context.view(), query.table());
    return refusal(table)
        .orElseGet(
            () -> page(walk(query), query.table(), 0, table.orElseThrow().figures().count()));
  }

  /** By score. */
  KvResult byScore(KvQuery.RangeByScore query) {
    Optional<TableFigures> table = Catalogue.table(context.view(), query.table());
    return refusal(table)
        .orElseGet(
            () -> {
              ScoreIndex index = new ScoreIndex(query.table());
              long first = index.rank(context.view(), query.min());
              long behind =
                  query.max() == Long.MAX_VALUE
                      ? table.orElseThrow().figures().count()
                      : index.rank(context.view(), query.max() + 1);
              return page(walk(query), query.table(), first, Math.max(0, behind - first));
            });
  }

  private PageWalk walk(KvQuery.RangeByRank query) {
    return new PageWalk(context.clockMillis(), query.offset(), query.size(), query.withScores());
  }

  private PageWalk walk(KvQuery.RangeByScore query) {
    return new PageWalk(context.clockMillis(), query.offset(), query.size(), query.withScores());
  }

  private static Optional<KvResult> refusal(Optional<TableFigures> table) {
    if (table.isEmpty()) {
      return Optional.of(new KvResult.Absent());
    }
    return table.get().kind() == RecordKind.SORTED_SET_MEMBER
        ? Optional.empty()
        : Optional.of(new KvResult.WrongKind());
  }

  /** A page of the {@code length} members that begin at rank {@code first}. */
  private KvResult page(PageWalk walk, Bytes table, long first, long length) {
    long passed = Math.min(walk.toSkip(), length);
    walk.skip(passed);
    ScoreIndex index = new ScoreIndex(table);
    try (StorageCursor rows = index.from(context.view(), first + passed)) {
      for (long left = length - passed; left > 0 && rows.next(); left--) {
        RecordId id = RecordId.scored(table, index.member(rows.key()));
        if (walk.isFull() || !walk.take(rows.key(), id, RecordRow.decode(rows.value()))) {
          return walk.page(false);
        }
      }
    }
    return walk.page(true);
  }
}
