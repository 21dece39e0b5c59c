package io.raftwood.cache.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheId;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What this node has answered from a group of the cache: which records were read lately, and how
 * often reads found something. On the heap, of bounded size, lost at a restart; no state. A mark
 * may be lost to another record's, so recency is approximate. Thread-safe.
 */
public final class CacheActivity {
  private static final int MARK_BITS = 17;
  private static final long MIX = 0x9e3779b97f4a7c15L;

  private final AtomicLongArray marks;
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();

  /** Remembers the reads of up to 131,072 records. */
  public CacheActivity() {
    this(MARK_BITS);
  }

  /**
   * Remembers the reads of up to 2^{@code markBits} records, 8 bytes each.
   *
   * @param markBits 0..24
   */
  public CacheActivity(int markBits) {
    this.marks = new AtomicLongArray(1 << markBits);
  }

  /** A read of {@code id} was answered. */
  void read(CacheId id, boolean found) {
    if (found) {
      hits.increment();
      long mark = mark(id);
      marks.setOpaque(place(mark), mark);
    } else {
      misses.increment();
    }
  }

  /** Whether {@code id} was read since it was last asked about; forgets it. */
  boolean takeRead(CacheId id) {
    long mark = mark(id);
    boolean read = marks.getOpaque(place(mark)) == mark;
    if (read) {
      marks.setOpaque(place(mark), 0);
    }
    return read;
  }

  /** Reads that found something. */
  public long hits() {
    return hits.sum();
  }

  /** Reads that found nothing. */
  public long misses() {
    return misses.sum();
  }

  private int place(long mark) {
    return (int) (mark >>> 40) & marks.length() - 1;
  }

  /** Never 0, which means no mark. */
  private static long mark(CacheId id) {
    long mixed = hash(id.table(), 17) * 31 + hash(id.key(), 7);
    return (mixed ^ mixed >>> 32) * MIX | 1;
  }

  private static long hash(Bytes bytes, long seed) {
    long hash = seed;
    for (int i = 0; i < bytes.length(); i++) {
      hash = (hash ^ bytes.at(i)) * MIX;
      hash ^= hash >>> 29;
    }
    return hash;
  }
}
