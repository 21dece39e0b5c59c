package io.raftwood.kv;

/** Bounds of records; checked at the HTTP edge and again at apply. */
public final class KvLimits {
  /** Longest key or hash field, in bytes; the request line allows less (contract 2.5). */
  public static final int KEY_BYTES_MAX = 65_536;

  /** Longest member of a set or sorted set, in bytes: what the original buffers (contract 2.5). */
  public static final int MEMBER_BYTES_MAX = 2_097_152;

  /** Longest table name, in bytes (contract 2.5). */
  public static final int TABLE_BYTES_MAX = 64;

  /** Longest value, in bytes: the original's node takes bodies below 32 MiB (contract 2.5). */
  public static final int VALUE_BYTES_MAX = 33_554_431;

  /** Largest time to live, in seconds: 30 days; above it a record never expires (contract 5.2). */
  public static final long TTL_SECONDS_MAX = 2_592_000;

  /** Most records that one purge removes. */
  public static final int PURGE_RECORDS_MAX = 10_000;

  /** Most records on one page of a listing (contract 2.5). */
  public static final int PAGE_RECORDS_MAX = 1000;

  /**
   * Most bytes of names and values on one page; a page that would hold more is refused, except that
   * a page of one record is always served.
   */
  public static final int PAGE_BYTES_MAX = 8_388_608;

  /** Largest offset of a page (contract 2.5). */
  public static final long OFFSET_MAX = 100_000_000;

  /** Largest version, a u32; 1 comes after it. */
  public static final long VERSION_MAX = 0xffff_ffffL;

  private KvLimits() {}

  /** Longest name of a record of {@code kind}, in bytes. */
  public static int nameBytesMax(RecordKind kind) {
    boolean member = kind == RecordKind.SET_MEMBER || kind == RecordKind.SORTED_SET_MEMBER;
    return member ? MEMBER_BYTES_MAX : KEY_BYTES_MAX;
  }
}
