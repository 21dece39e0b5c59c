package io.raftwood.cache.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CacheQuery;
import io.raftwood.cache.CacheResult;
import io.raftwood.raft.QueryContext;
import java.util.Optional;
import java.util.function.Function;

/** Answers one query. */
record CacheReader(QueryContext context) implements CacheQuery.Handler<CacheResult> {
  private static final long MILLIS = 1000;
  private static final long NEVER = -1;

  @Override
  public CacheResult get(CacheQuery.Get query) {
    CacheId id = query.id();
    if (id.inTable()) {
      return field(id, row -> new CacheResult.Found(row.value()));
    }
    Optional<NameRow> row = live(id.key());
    if (row.isEmpty()) {
      return new CacheResult.Absent();
    }
    return row.get().table()
        ? new CacheResult.WrongKind()
        : new CacheResult.Found(row.get().value());
  }

  @Override
  public CacheResult exist(CacheQuery.Exist query) {
    CacheId id = query.id();
    if (id.inTable()) {
      return field(id, row -> new CacheResult.Done());
    }
    return live(id.key()).isPresent() ? new CacheResult.Done() : new CacheResult.Absent();
  }

  private CacheResult field(CacheId id, Function<FieldRow, CacheResult> found) {
    Optional<NameRow> table = live(id.table());
    if (table.isEmpty()) {
      return new CacheResult.Absent();
    }
    if (!table.get().table()) {
      return new CacheResult.WrongKind();
    }
    return context
        .view()
        .get(CacheRowKeys.field(table.get().generation(), id.key()))
        .map(FieldRow::decode)
        .map(found)
        .orElseGet(CacheResult.Absent::new);
  }

  @Override
  public CacheResult timeLeft(CacheQuery.TimeLeft query) {
    Optional<NameRow> row = live(query.key());
    if (row.isEmpty()) {
      return new CacheResult.Absent();
    }
    long expiry = row.get().expiryMillis();
    return new CacheResult.TimeLeft(
        expiry == 0 ? NEVER : (expiry - context.clockMillis() + MILLIS / 2) / MILLIS);
  }

  @Override
  public CacheResult figures(CacheQuery.Figures query) {
    CacheFigures now = CacheFigures.read(context.view());
    return new CacheResult.Figures(
        now.budget(), now.bytes(), now.records(), now.evicted(), now.expired());
  }

  private Optional<NameRow> live(Bytes name) {
    return context
        .view()
        .get(CacheRowKeys.name(name))
        .map(NameRow::decode)
        .filter(row -> row.liveAt(context.clockMillis()));
  }
}
