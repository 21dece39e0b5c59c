package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.storage.StorageCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects one page while rows pass by. Used by one thread, within one query. */
final class PageWalk {
  private final long clockMillis;
  private final long offset;
  private final int size;
  private final boolean withValues;
  private final List<Listed> records = new ArrayList<>();
  private long passed;
  private long bytes;
  private boolean tooLarge;
  private Bytes last = Bytes.EMPTY;

  /** A page of {@code size} records behind {@code offset} positions. */
  PageWalk(long clockMillis, long offset, int size, boolean withValues) {
    this.clockMillis = clockMillis;
    this.offset = offset;
    this.size = size;
    this.withValues = withValues;
  }

  /** Positions left to skip. */
  long toSkip() {
    return offset - passed;
  }

  /** Passes by {@code positions} without looking, not more than {@link #toSkip}. */
  void skip(long positions) {
    passed += positions;
  }

  /** Whether the page has all its records. */
  boolean isFull() {
    return records.size() == size;
  }

  /**
   * Takes records until the rows or the page end. The rows are those of records, by member.
   *
   * @return whether the page ended first: full in number or bytes, and more rows there are
   */
  boolean takeAll(StorageCursor rows) {
    while (rows.next()) {
      if (toSkip() > 0) {
        passed++;
      } else if (isFull()
          || !take(rows.key(), RowKeys.recordId(rows.key()), RecordRow.decode(rows.value()))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Takes one record, unless it has expired; its position counts in either case.
   *
   * @return whether the page had room for its bytes; if not, it is not passed
   */
  boolean take(Bytes rowKey, RecordId id, RecordRow row) {
    if (row.liveAt(clockMillis)) {
      boolean valued = withValues && id.kind() != RecordKind.SET_MEMBER;
      Optional<Bytes> value =
          valued ? Optional.of(RecordReader.shownValue(id.kind(), row)) : Optional.empty();
      Listed listed = new Listed(id, row.version(), value);
      bytes += listed.bytes();
      tooLarge = bytes > KvLimits.PAGE_BYTES_MAX && !records.isEmpty();
      if (tooLarge) {
        return false;
      }
      records.add(listed);
    }
    passed++;
    last = rowKey;
    return true;
  }

  /** The page, refused if it would have become too large. */
  KvResult page(boolean end) {
    return tooLarge
        ? new KvResult.PageTooLarge()
        : new KvResult.Page(List.copyOf(records), end, passed, Optional.empty());
  }

  /** The page of a scan: never refused, but ended before what it has no room for. */
  KvResult scanPage(boolean end) {
    Optional<Bytes> place = end ? Optional.empty() : Optional.of(last);
    return new KvResult.Page(List.copyOf(records), end, 0, place);
  }
}
