package io.raftwood.tree.model;

/**
 * Arithmetic of tree numbers: {@code sequence * 1024 + slot}, so that a bare node id says which
 * group it belongs to. A number names one tree for ever: never reused, also not after a drop.
 */
public final class TreeNumber {
  /** Number of slots. */
  public static final int SLOTS = 1024;

  /** Largest sequence: its numbers are below 2^63. */
  public static final long SEQUENCE_MAX = Long.MAX_VALUE / SLOTS - 1;

  private TreeNumber() {}

  /**
   * The number of the {@code sequence}-th tree of {@code slot}.
   *
   * @param sequence 1..{@link #SEQUENCE_MAX}
   * @param slot 0..1023
   */
  public static long of(long sequence, int slot) {
    return sequence * SLOTS + slot;
  }

  /** The slot that a tree number was made for. */
  public static int slotOf(long number) {
    return (int) (number % SLOTS);
  }
}
