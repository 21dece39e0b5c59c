package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import java.util.Optional;

/**
 * What reads records. Immutable; encoded by {@link KvQueryCodec}; answered by {@code
 * kv.machine.KvMachine}. An expired record is found by none.
 *
 * <p>{@code size} is 0..{@link KvLimits#PAGE_RECORDS_MAX}, {@code offset} 0..{@link
 * KvLimits#OFFSET_MAX}. A page that would hold more than {@link KvLimits#PAGE_BYTES_MAX} is
 * answered by {@link KvResult.PageTooLarge}. Positions count what has expired and is not purged
 * yet.
 */
public sealed interface KvQuery {
  /** Calls the handler's method for this query. */
  <R> R dispatch(Handler<R> handler);

  /**
   * The record: {@link KvResult.Found}, {@link KvResult.Absent}, or {@link KvResult.WrongKind} if
   * the table holds another kind.
   */
  record Get(RecordId id) implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.get(this);
    }
  }

  /** As {@link Get} without the value: {@link KvResult.Exists}. */
  record Exist(RecordId id) implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.exist(this);
    }
  }

  /**
   * What one replica holds of a record, and at which point of the log: {@link KvResult.Observed}.
   * Asked of a replica, to compare it with another.
   */
  record Observe(RecordId id) implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.observe(this);
    }
  }

  /**
   * Members of a sorted set by rank, 0 = the lowest score, ties in byte order of the members:
   * {@link KvResult.Page}, {@link KvResult.Absent} for an unknown table, {@link
   * KvResult.WrongKind}.
   */
  record RangeByRank(Bytes table, long offset, int size, boolean withScores) implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.rangeByRank(this);
    }
  }

  /** As {@link RangeByRank} among the members with {@code min <= score <= max}. */
  record RangeByScore(Bytes table, long min, long max, long offset, int size, boolean withScores)
      implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.rangeByScore(this);
    }
  }

  /**
   * The records of all kinds in a range of slots, by slot, kind, table and name: {@link
   * KvResult.Page}. Asked of a group, not of a record's slot.
   */
  record ListRecords(SlotRange slots, long offset, int size, boolean withValues)
      implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.listRecords(this);
    }
  }

  /**
   * A table's records in a range of slots, by slot and name: {@link KvResult.Page}, {@link
   * KvResult.Absent} for an unknown table, {@link KvResult.WrongKind}. Asked of a group.
   *
   * @param kind any but a key
   */
  record ListTable(
      RecordKind kind, Bytes table, SlotRange slots, long offset, int size, boolean withValues)
      implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.listTable(this);
    }
  }

  /**
   * Keys, or one table's records, whose name begins with {@code prefix}, by slot and name, from
   * behind a place on: {@link KvResult.Page}, never refused for its size but shorter instead. A
   * table of whatever kind; an unknown one has no records. Asked of a group.
   *
   * @param table empty = keys
   * @param after the last record of the page before; empty = from the beginning
   * @param size 1..{@link KvLimits#PAGE_RECORDS_MAX}
   */
  record Scan(Bytes table, Bytes prefix, Optional<Bytes> after, int size, boolean withValues)
      implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.scan(this);
    }
  }

  /** The group's figures: {@link KvResult.Totals}. Asked of a group. */
  record CountAll() implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.countAll(this);
    }
  }

  /**
   * The figures of one table ({@link KvResult.Tables} of one element, or {@link KvResult.Absent}).
   * Asked of a group.
   */
  record CountTable(Bytes table) implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.countTable(this);
    }
  }

  /**
   * The figures of the group's tables in byte order of their names, from behind {@code after} on:
   * {@link KvResult.Tables}. Asked of a group.
   *
   * @param after empty = from the beginning
   * @param size 1..{@link KvLimits#PAGE_RECORDS_MAX}
   */
  record CountTables(Bytes after, int size) implements KvQuery {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.countTables(this);
    }
  }

  /** One method for each query. */
  interface Handler<R> {
    /** Handles {@link Get}. */
    R get(Get query);

    /** Handles {@link Exist}. */
    R exist(Exist query);

    /** Handles {@link Observe}. */
    R observe(Observe query);

    /** Handles {@link RangeByRank}. */
    R rangeByRank(RangeByRank query);

    /** Handles {@link RangeByScore}. */
    R rangeByScore(RangeByScore query);

    /** Handles {@link ListRecords}. */
    R listRecords(ListRecords query);

    /** Handles {@link ListTable}. */
    R listTable(ListTable query);

    /** Handles {@link Scan}. */
    R scan(Scan query);

    /** Handles {@link CountAll}. */
    R countAll(CountAll query);

    /** Handles {@link CountTable}. */
    R countTable(CountTable query);

    /** Handles {@link CountTables}. */
    R countTables(CountTables query);
  }
}
