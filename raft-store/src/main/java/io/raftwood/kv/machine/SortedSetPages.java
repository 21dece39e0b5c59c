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
              PageWalk walk =
                  new PageWalk(context.clockMillis(), 0, query.size(), query.withScores());
              return page(walk, query.table(), query.offset(), Long.MAX_VALUE);
            });
  }

  /** By score. */
  KvResult byScore(KvQuery.RangeByScore query) {
    return refusal(query.table())
        .orElseGet(
            () -> {
              PageWalk walk =
                  new PageWalk(context.clockMillis(), 0, query.size(), query.withScores());
              long first = new ScoreIndex(query.table()).rank(context.view(), query.min());
              return page(walk, query.table(), first + query.offset(), query.max());
            });
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

  private KvResult page(PageWalk walk, Bytes table, long rank, long max) {
    ScoreIndex index = new ScoreIndex(table);
    try (StorageCursor rows = index.from(context.view(), rank)) {
      while (rows.next() && index.score(rows.key()) <= max) {
        if (walk.isFull() || walk.isTooLarge()) {
          return walk.page(false);
        }
        RecordId id = RecordId.scored(table, index.member(rows.key()));
        walk.take(rows.key(), id, RecordRow.decode(rows.value()));
      }
    }
    return walk.page(true);
  }
}
