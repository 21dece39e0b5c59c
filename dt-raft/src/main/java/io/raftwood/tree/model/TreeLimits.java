package io.raftwood.tree.model;

import io.raftwood.bytes.Bytes;

/** Bounds of trees; checked at the HTTP edge and again at apply. Lengths are in bytes. */
public final class TreeLimits {
  /** Longest tree id. */
  public static final int TREE_ID_BYTES_MAX = 255;

  /** Longest key; the shortest has 1 byte. */
  public static final int KEY_BYTES_MAX = 4096;

  /** Longest value. */
  public static final int VALUE_BYTES_MAX = 1 << 20;

  /** Longest property name; the shortest has 1 byte. */
  public static final int PROPERTY_NAME_BYTES_MAX = 255;

  /** Longest property value. */
  public static final int PROPERTY_VALUE_BYTES_MAX = 1 << 16;

  /** Most entries of a page, most trees of a listing. */
  public static final int PAGE_ENTRIES_MAX = 10_000;

  /**
   * A page ends before its keys and values exceed this, unless its first entry alone does: what a
   * range costs a node in memory.
   */
  public static final int PAGE_BYTES_MAX = 4 << 20;

  /** Most entries of one load. */
  public static final int LOAD_ENTRIES_MAX = 4096;

  /** Most bytes of keys and values of one load: room for one entry of the largest size. */
  public static final int LOAD_BYTES_MAX = 2 << 20;

  /** Smallest maximum of children or entries of a node. */
  public static final int FANOUT_MIN = 4;

  /** Largest maximum of children or entries of a node. */
  public static final int FANOUT_MAX = 1024;

  /** Most rows that one purge removes. */
  public static final int PURGE_ROWS_MAX = 10_000;

  /** A purge ends once the values that it removed reach this: they are read on the way. */
  public static final int PURGE_BYTES_MAX = 8 << 20;

  private static final Bytes SYSTEM_PREFIX = Bytes.utf8("sys.");

  private TreeLimits() {}

  /** Whether properties of this name are the system's: readable, never written by a client. */
  public static boolean isSystemProperty(Bytes name) {
    return name.startsWith(SYSTEM_PREFIX);
  }
}
