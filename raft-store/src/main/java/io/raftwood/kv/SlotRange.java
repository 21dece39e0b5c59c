package io.raftwood.kv;

import io.raftwood.raft.Slot;

/**
 * A range of slots.
 *
 * @param from the first one, 0..1024
 * @param to the one behind the last, {@code from}..1024
 */
public record SlotRange(int from, int to) {
  /** All slots. */
  public static final SlotRange ALL = new SlotRange(0, Slot.COUNT);

  /** Checks the bounds. */
  public SlotRange {
    if (from < 0 || to < from || to > Slot.COUNT) {
      throw new IllegalArgumentException("slots " + from + ".." + to);
    }
  }

  /** Whether it holds no slot. */
  public boolean isEmpty() {
    return from == to;
  }

  /** Whether {@code slot} lies in it. */
  public boolean contains(int slot) {
    return slot >= from && slot < to;
  }

  /** The slots that lie in both; empty if there are none. */
  public SlotRange intersect(SlotRange other) {
    int start = Math.max(from, other.from);
    return new SlotRange(start, Math.max(start, Math.min(to, other.to)));
  }
}
