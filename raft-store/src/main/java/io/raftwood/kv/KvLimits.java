package io.raftwood.kv;

/** Bounds of records; checked at the HTTP edge and again at apply. */
public final class KvLimits {
  /** Longest key, in bytes; the request line allows less (contract 2.5). */
  public static final int KEY_BYTES_MAX = 65_536;

  /** Longest value, in bytes: the original's node takes bodies below 32 MiB (contract 2.5). */
  public static final int VALUE_BYTES_MAX = 33_554_431;

  /** Largest time to live, in seconds: 30 days; above it a record never expires (contract 5.2). */
  public static final long TTL_SECONDS_MAX = 2_592_000;

  /** Most records that one purge removes. */
  public static final int PURGE_RECORDS_MAX = 10_000;

  /** Largest version, a u32; 1 comes after it. */
  public static final long VERSION_MAX = 0xffff_ffffL;

  private KvLimits() {}
}
