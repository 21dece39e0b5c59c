package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.KvQuery;
import io.raftwood.raft.Slot;
import java.util.List;

/**
 * hustdb's {@code zrangebyrank zrangebyscore}. Runs on I/O threads; so does the writing of a page,
 * which {@link KvLimits#PAGE_BYTES_MAX} bounds.
 */
final class ScoreRangeHandler {
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
    Bytes table = requests.table(call);
    PageWindow window = window(call, table);
    requests.read(
        call, new KvQuery.RangeByRank(table, window.offset(), window.size(), window.withValues()));
  }

  private void byScore(Call call) {
    Bytes table = requests.table(call);
    long min = parameters.requiredSigned64(call.query(), "min");
    long max = parameters.requiredSigned64(call.query(), "max");
    PageWindow window = window(call, table);
    if (min > max) {
      throw new RequestRefusedException(Outcome.EMPTY_RANGE, "min");
    }
    requests.read(
        call,
        new KvQuery.RangeByScore(
            table, min, max, window.offset(), window.size(), window.withValues()));
  }

  /** The table's slot must lie within {@code start..end} (contract 6.5). */
  private PageWindow window(Call call, Bytes table) {
    PageWindow window = PageWindow.read(parameters, requests.dialect().strict(), call.query());
    if (!window.slots().contains(Slot.of(table))) {
      throw new RequestRefusedException(Outcome.EMPTY_RANGE, "start");
    }
    return window;
  }
}
