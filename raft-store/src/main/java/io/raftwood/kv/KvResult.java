package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import java.util.List;
import java.util.Optional;

/**
 * Every outcome of a command or query on records. A failed condition is an outcome, never an
 * exception. Versions are u32: 1 for a new record, +1 for each overwrite (after 4,294,967,295 comes
 * 1). Mod-revisions are the group's revision at the last write.
 */
public sealed interface KvResult {
  /** Calls the handler's method for this result. */
  <R> R dispatch(Handler<R> handler);

  /** A write happened, or was not needed; {@code version} is the record's version after it. */
  record Stored(long version) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.stored(this);
    }
  }

  /** A delete happened; {@code version} is the version of the deleted record. */
  record Deleted(long version) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.deleted(this);
    }
  }

  /** There is no such record or table (any more); nothing changed. */
  record Absent() implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.absent(this);
    }
  }

  /** The expected version was not met; nothing changed. {@code current} is 0 if there is none. */
  record VersionMismatch(long current) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.versionMismatch(this);
    }
  }

  /**
   * A record.
   *
   * @param value of a sorted set's member its score in decimal text; of a set's member empty
   */
  record Found(long version, long modRevision, Bytes value) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.found(this);
    }
  }

  /** A record without its value. */
  record Exists(long version, long modRevision) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.exists(this);
    }
  }

  /**
   * What one replica holds of a record: exactly the state that the entries up to {@code index}
   * make.
   *
   * @param index the log index of the last entry of that state
   * @param revision the group's revision of that state
   * @param record as {@link KvQuery.Get} answers: {@link Found}, {@link Absent} or {@link
   *     WrongKind}
   */
  record Observed(long index, long revision, KvResult record) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.observed(this);
    }

    /** The record, if there is one. */
    public Optional<Found> found() {
      return record instanceof Found ? Optional.of((Found) record) : Optional.empty();
    }
  }

  /**
   * A purge happened.
   *
   * @param removed number of records removed
   * @param more whether further expired records wait
   */
  record Purged(int removed, boolean more) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.purged(this);
    }
  }

  /** The table holds records of another kind; nothing changed. */
  record WrongKind() implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.wrongKind(this);
    }
  }

  /** The field to be incremented holds no number; nothing changed. */
  record NotANumber() implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.notANumber(this);
    }
  }

  /** The number or score would leave the signed 64-bit range; nothing changed. */
  record OutOfRange() implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.outOfRange(this);
    }
  }

  /** An increment happened; {@code number} is the field's new one. */
  record Incremented(long number, long version) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.incremented(this);
    }
  }

  /**
   * A page of a listing.
   *
   * @param records in the listing's order; fewer than asked for only at the end (or, in a scan, for
   *     their size)
   * @param end whether nothing follows
   * @param passed positions from the beginning of the listing to the end of this page, those left
   *     out by the offset included; if {@code end}, the length of the listing. 0 in a scan
   * @param last the place of the last record looked at, for {@link KvQuery.Scan#after}; only in a
   *     scan that is not at its end
   */
  record Page(List<Listed> records, boolean end, long passed, Optional<Bytes> last)
      implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.page(this);
    }
  }

  /**
   * A record on a page.
   *
   * @param value present if asked for and the kind has one; of a sorted set's member its score in
   *     decimal text
   */
  record Listed(RecordId id, long version, Optional<Bytes> value) {
    /** Bytes of its name and value, which {@link KvLimits#PAGE_BYTES_MAX} counts. */
    public int bytes() {
      return id.name().length() + value.map(Bytes::length).orElse(0);
    }
  }

  /** The page would hold more than {@link KvLimits#PAGE_BYTES_MAX}: ask for fewer records. */
  record PageTooLarge() implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.pageTooLarge(this);
    }
  }

  /** A group's figures. */
  record Totals(Figures keys, Figures hashes) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.totals(this);
    }
  }

  /**
   * Figures of tables, in byte order of their names.
   *
   * @param end whether no table follows
   */
  record Tables(List<TableFigures> tables, boolean end) implements KvResult {
    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.tables(this);
    }
  }

  /**
   * One table of one group.
   *
   * @param figures size and capacity are counted for hashes only
   */
  record TableFigures(RecordKind kind, Bytes table, Figures figures) {}

  /** One method for each result. */
  interface Handler<R> {
    /** Handles {@link Stored}. */
    R stored(Stored result);

    /** Handles {@link Deleted}. */
    R deleted(Deleted result);

    /** Handles {@link Absent}. */
    R absent(Absent result);

    /** Handles {@link VersionMismatch}. */
    R versionMismatch(VersionMismatch result);

    /** Handles {@link Found}. */
    R found(Found result);

    /** Handles {@link Exists}. */
    R exists(Exists result);

    /** Handles {@link Observed}. */
    R observed(Observed result);

    /** Handles {@link Purged}. */
    R purged(Purged result);

    /** Handles {@link WrongKind}. */
    R wrongKind(WrongKind result);

    /** Handles {@link NotANumber}. */
    R notANumber(NotANumber result);

    /** Handles {@link OutOfRange}. */
    R outOfRange(OutOfRange result);

    /** Handles {@link Incremented}. */
    R incremented(Incremented result);

    /** Handles {@link Page}. */
    R page(Page result);

    /** Handles {@link PageTooLarge}. */
    R pageTooLarge(PageTooLarge result);

    /** Handles {@link Totals}. */
    R totals(Totals result);

    /** Handles {@link Tables}. */
    R tables(Tables result);
  }
}
