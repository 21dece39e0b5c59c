package io.raftwood.server.http;

import io.raftwood.kv.KvLimits;
import io.raftwood.kv.SlotRange;
import io.raftwood.raft.Slot;

/**
 * The parameters that hustdb's listings have in common (contract 2.5).
 *
 * @param offset 0..{@link KvLimits#OFFSET_MAX}
 * @param size 0..{@link KvLimits#PAGE_RECORDS_MAX}
 * @param slots {@code start} to {@code end}, never empty
 * @param withValues not {@code noval}
 */
record PageWindow(long offset, int size, SlotRange slots, boolean withValues) {
  /** The original's limit of a listing that is not {@code async}. */
  private static final long OFFSET_MAX_STRICT = 1_000_000;

  /** Reads them; throws {@link RequestRefusedException}. */
  static PageWindow read(RequestParameters parameters, boolean strict, RawQuery query) {
    long offset = parameters.requiredUpTo(KvLimits.OFFSET_MAX, query, "offset");
    long size = parameters.requiredUpTo(KvLimits.PAGE_RECORDS_MAX, query, "size");
    SlotRange slots = slots(parameters, query);
    boolean bounded = strict && !parameters.flag(query, "async", false);
    if (bounded && offset > OFFSET_MAX_STRICT) {
      throw new RequestRefusedException(Outcome.TOO_LONG, "offset");
    }
    boolean withValues = !parameters.flag(query, "noval", true);
    return new PageWindow(offset, (int) size, slots, withValues);
  }

  private static SlotRange slots(RequestParameters parameters, RawQuery query) {
    long start = parameters.signed64(query, "start").orElse(0);
    long end = parameters.signed64(query, "end").orElse(Slot.COUNT);
    if (start < 0 || start >= end || end > Slot.COUNT) {
      throw new RequestRefusedException(Outcome.EMPTY_RANGE, "start");
    }
    return new SlotRange((int) start, (int) end);
  }
}
