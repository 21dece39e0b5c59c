package io.raftwood.raft;

import io.raftwood.bytes.Bytes;

/**
 * hustdb's bucket, 0..1023: which group a key or a tree belongs to (contract 3.1). Hashed over the
 * <em>decoded</em> bytes, so that {@code a} and {@code %61} are one key (design section 1).
 */
public final class Slot {
  /** Number of slots. */
  public static final int COUNT = 1024;

  private Slot() {}

  /** The slot of {@code text}: {@code h = h * 31 + byte} (unsigned bytes), modulo 1024. */
  public static int of(Bytes text) {
    int hash = 0;
    for (byte next : text.unsafeArray()) {
      hash = hash * 31 + (next & 0xff);
    }
    return hash & (COUNT - 1);
  }
}
