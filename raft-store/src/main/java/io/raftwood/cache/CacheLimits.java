package io.raftwood.cache;

/** Bounds of the cache's records; checked at the HTTP edge and again at apply. */
public final class CacheLimits {
  /** Longest key, table name or field, in bytes (contract 2.5). */
  public static final int NAME_BYTES_MAX = 65_536;

  /** Longest value, in bytes (contract 2.5). */
  public static final int VALUE_BYTES_MAX = 8_388_608;

  /** Longest time to live, in seconds; a longer one counts as this. */
  public static final long TTL_SECONDS_MAX = 1_000_000_000_000L;

  /** Most records that one purge removes. */
  public static final int PURGE_RECORDS_MAX = 10_000;

  /** Most records that one eviction removes or moves to the end. */
  public static final int EVICT_RECORDS_MAX = 10_000;

  /** The budget of a group before its first leader has named one, in bytes. */
  public static final long BUDGET_DEFAULT = 64L << 20;

  private CacheLimits() {}
}
