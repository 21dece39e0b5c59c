package io.raftwood.raft;

import java.util.function.LongSupplier;

/**
 * The clock of one replica, from which the leader stamps its entries: the last stamp seen or given,
 * plus the monotonic time elapsed since, slewed towards the wall clock. Thread-safe.
 *
 * <p>The slew is at most 1/{@value #SLEW_DIVISOR} of the time elapsed: a leader whose wall clock is
 * an hour off moves replicated time by at most 18 s per hour, so it can neither expire everything
 * nor freeze time. For the same reason the time during which no node of the group runs is not made
 * up for at once: replicated time goes on from its last stamp, and records live longer by up to the
 * pause.
 *
 * <p>The stamp is never before one given or observed earlier. A leader calls {@link #observe} with
 * the group's position before its first {@link #stamp}; a group without any stamp starts at the
 * wall clock.
 */
public final class ClusterClock {
  /** The largest slew is the elapsed time divided by this: 0.5 %. */
  public static final int SLEW_DIVISOR = 200;

  /** After this long a new anchor is set; before, rounding would eat the slew. */
  private static final long ANCHOR_MICROS = 1_000_000;

  private final LongSupplier nanos;
  private final LongSupplier wallMillis;
  private boolean started;
  private long anchorNanos;
  private long anchorMicros;
  private long lastMillis;

  /**
   * A clock without any stamp yet.
   *
   * @param nanos monotonic time, as {@link System#nanoTime}
   * @param wallMillis wall time, as {@link System#currentTimeMillis}; may be wrong and may jump
   */
  public ClusterClock(LongSupplier nanos, LongSupplier wallMillis) {
    this.nanos = nanos;
    this.wallMillis = wallMillis;
  }

  /** The stamp of an entry proposed now, in milliseconds since 1970; never decreases. */
  public synchronized long stamp() {
    long now = nanos.getAsLong();
    if (!started) {
      anchor(now, Math.max(1, boundedWallMillis()));
    }
    long reading = readingMicros(now);
    if (elapsedMicros(now) >= ANCHOR_MICROS) {
      anchorNanos += elapsedMicros(now) * 1000;
      anchorMicros = reading;
    }
    lastMillis = Math.max(lastMillis, Math.min(reading / 1000, EntryCodec.STAMP_MILLIS_MAX));
    return lastMillis;
  }

  /**
   * Takes notice of the replicated time of an applied entry or a loaded position. Stamps not beyond
   * the last one known, and 0 (a group without entries), change nothing: a leader that observes its
   * own stamps loses no time by that.
   */
  public synchronized void observe(long stampMillis) {
    if (stampMillis > lastMillis) {
      anchor(nanos.getAsLong(), stampMillis);
    }
  }

  private void anchor(long now, long millis) {
    started = true;
    anchorNanos = now;
    anchorMicros = millis * 1000;
    lastMillis = millis;
  }

  private long elapsedMicros(long now) {
    return Math.max(0, now - anchorNanos) / 1000;
  }

  private long readingMicros(long now) {
    long elapsed = elapsedMicros(now);
    long unslewed = anchorMicros + elapsed;
    long slewMax = elapsed / SLEW_DIVISOR;
    long towardsWall = boundedWallMillis() * 1000 - unslewed;
    return unslewed + Math.max(-slewMax, Math.min(slewMax, towardsWall));
  }

  private long boundedWallMillis() {
    return Math.max(0, Math.min(wallMillis.getAsLong(), EntryCodec.STAMP_MILLIS_MAX));
  }
}
