package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.Slot;
import io.raftwood.kv.SlotRange;
import java.util.List;

/**
 * hustdb's {@code zrangebyrank zrangebyscore}. Runs on I/O threads; so does the writing of a page,
 * which {@link KvLimits#PAGE_BYTES_MAX} bounds.
 */
final class ScoreRangeHandler {
  /** The original's limit of a listing that is not {@code async}. */
  private static final long OFFSET_MAX_STRICT = 1_000_000;

  private final RecordRequests requests;
  private final RequestParameters parameters;

  /** Serves by {@code requests}. */
  ScoreRangeHandler(RecordRequests requests) {
    this.requests = requests;
    this.parameters = requests.parameters();
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.any("zrangebyrank", Family.RANK, this::byRank),
        Route.any("zrangebyscore", Family.RANGE, this::byScore));
  }

  private void byRank(Call call) {
    Bytes table = table(call);
    long offset = offset(call);
    int size = size(call);
    requests.read(call, new KvQuery.RangeByRank(table, offset, size, withScores(call)));
  }

  private void byScore(Call call) {
    Bytes table = table(call);
    long min = parameters.requiredSigned64(call.query(), "min");
    long max = parameters.requiredSigned64(call.query(), "max");
    long offset = offset(call);
    int size = size(call);
    if (min > max) {
      throw new RequestRefusedException(Outcome.EMPTY_RANGE, "min");
    }
    boolean withScores = withScores(call);
    requests.read(call, new KvQuery.RangeByScore(table, min, max, offset, size, withScores));
  }

  /** {@code tb}, whose slot must lie within {@code start..end} (contract 6.5). */
  private Bytes table(Call call) {
    Bytes table = requests.table(call);
    long start = parameters.signed64(call.query(), "start").orElse(0);
    long end = parameters.signed64(call.query(), "end").orElse(Slot.COUNT);
    boolean bounds = start >= 0 && start < end && end <= Slot.COUNT;
    if (!bounds || !new SlotRange((int) start, (int) end).contains(Slot.of(table))) {
      throw new RequestRefusedException(Outcome.EMPTY_RANGE, "start");
    }
    return table;
  }

  private long offset(Call call) {
    long offset = parameters.requiredUpTo(KvLimits.OFFSET_MAX, call.query(), "offset");
    boolean bounded = requests.dialect().strict() && !parameters.flag(call.query(), "async", false);
    if (bounded && offset > OFFSET_MAX_STRICT) {
      throw new RequestRefusedException(Outcome.TOO_LONG, "offset");
    }
    return offset;
  }

  private int size(Call call) {
    return (int) parameters.requiredUpTo(KvLimits.PAGE_RECORDS_MAX, call.query(), "size");
  }

  private boolean withScores(Call call) {
    return !parameters.flag(call.query(), "noval", true);
  }
}
