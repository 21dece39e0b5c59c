package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.raft.Position;
import io.raftwood.raft.QueryContext;
import java.util.Optional;

/** Answers one query. */
record RecordReader(QueryContext context) implements KvQuery.Handler<KvResult> {
  @Override
  public KvResult get(KvQuery.Get query) {
    Optional<RecordRow> row = live(query.id());
    if (row.isEmpty()) {
      return absent(query.id());
    }
    RecordRow found = row.get();
    Bytes value = shownValue(query.id().kind(), found);
    return new KvResult.Found(found.version(), found.modRevision(), value);
  }

  @Override
  public KvResult exist(KvQuery.Exist query) {
    Optional<RecordRow> row = live(query.id());
    if (row.isEmpty()) {
      return absent(query.id());
    }
    return new KvResult.Exists(row.get().version(), row.get().modRevision());
  }

  /** From the view's own position: what may have been applied since plays no part. */
  @Override
  public KvResult observe(KvQuery.Observe query) {
    Position position = Position.read(context.view());
    QueryContext there = new QueryContext(context.view(), position.clockMillis());
    KvResult record = new RecordReader(there).get(new KvQuery.Get(query.id()));
    return new KvResult.Observed(position.index(), position.revision(), record);
  }

  @Override
  public KvResult rangeByRank(KvQuery.RangeByRank query) {
    return new SortedSetPages(context).byRank(query);
  }

  @Override
  public KvResult rangeByScore(KvQuery.RangeByScore query) {
    return new SortedSetPages(context).byScore(query);
  }

  @Override
  public KvResult listRecords(KvQuery.ListRecords query) {
    return new RecordPages(context).listRecords(query);
  }

  @Override
  public KvResult listTable(KvQuery.ListTable query) {
    return new RecordPages(context).listTable(query);
  }

  @Override
  public KvResult scan(KvQuery.Scan query) {
    return new RecordPages(context).scan(query);
  }

  @Override
  public KvResult countAll(KvQuery.CountAll query) {
    return Catalogue.totals(context.view());
  }

  @Override
  public KvResult countTable(KvQuery.CountTable query) {
    return new TablePages(context.view()).one(query.table());
  }

  @Override
  public KvResult countTables(KvQuery.CountTables query) {
    return new TablePages(context.view()).behind(query.after(), query.size());
  }

  /** A record's value as clients see it. */
  static Bytes shownValue(RecordKind kind, RecordRow row) {
    return kind == RecordKind.SORTED_SET_MEMBER
        ? DecimalText.format(StoredRecord.scoreOf(row))
        : row.value();
  }

  private KvResult absent(RecordId id) {
    if (id.kind() == RecordKind.KEY) {
      return new KvResult.Absent();
    }
    Optional<RecordKind> kind = Catalogue.kindOf(context.view(), id.table());
    boolean other = kind.isPresent() && kind.get() != id.kind();
    return other ? new KvResult.WrongKind() : new KvResult.Absent();
  }

  private Optional<RecordRow> live(RecordId id) {
    Optional<RecordRow> row = StoredRecord.find(context.view(), RowKeys.record(id));
    return row.isPresent() && row.get().liveAt(context.clockMillis()) ? row : Optional.empty();
  }
}
