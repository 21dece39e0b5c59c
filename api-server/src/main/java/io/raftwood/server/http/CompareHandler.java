package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.CompareStore;
import io.raftwood.kv.Comparison;
import io.raftwood.kv.Comparison.Diverged;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.Found;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.RequestOptions;
import java.util.List;
import java.util.Optional;

/** hustdb's {@code get2 hget2 zscore2 sismember2}. Runs on I/O threads. */
final class CompareHandler {
  private static final KvResult.Handler<Reply> REPLIES = new ResultReply();

  private final CompareStore store;
  private final RecordRequests requests;

  /** Compares in {@code store} what {@code requests} name. */
  CompareHandler(CompareStore store, RecordRequests requests) {
    this.store = store;
    this.requests = requests;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.any("get2", Family.COMPARE, call -> compare(call, RecordId.key(requests.key(call)))),
        Route.any(
            "hget2",
            Family.COMPARE,
            call -> compare(call, RecordId.field(requests.table(call), requests.key(call)))),
        Route.withBody(
            "zscore2",
            Family.COMPARE,
            call ->
                compare(call, RecordId.scored(requests.table(call), requests.scoredMember(call)))),
        Route.withBody(
            "sismember2",
            Family.COMPARE_MEMBER,
            call -> compare(call, RecordId.member(requests.table(call), requests.member(call)))));
  }

  private void compare(Call call, RecordId id) {
    RequestOptions options =
        new RequestOptions(
            ReadConsistency.LINEARIZABLE,
            false,
            call.deadline(),
            Optional.empty(),
            call.executor());
    call.answerWhen(store.compare(id, options), CompareHandler::reply);
  }

  private static Reply reply(Comparison comparison) {
    return comparison instanceof Diverged
        ? diverged((Diverged) comparison)
        : ((Comparison.Agreed) comparison).record().dispatch(REPLIES);
  }

  private static Reply diverged(Diverged found) {
    Optional<Found> first = found.first().observed().found();
    Optional<Found> second = found.second().observed().found();
    if (first.isEmpty() || second.isEmpty()) {
      return Reply.pair(
          Outcome.DIVERGED_PRESENCE,
          first.map(Found::version).orElse(0L),
          second.map(Found::version).orElse(0L),
          first.map(Found::value).orElse(Bytes.EMPTY),
          second.map(Found::value).orElse(Bytes.EMPTY));
    }
    long version1 = first.get().version();
    long version2 = second.get().version();
    Bytes value = second.get().value();
    if (!first.get().value().equals(value)) {
      return Reply.pair(Outcome.DIVERGED_VALUES, version1, version2, first.get().value(), value);
    }
    // Clients cannot see mod-revisions: where nothing else differs, the alarm says it.
    return version1 == version2
        ? Reply.version(Outcome.OK, version1).with(value)
        : Reply.pair(Outcome.DIVERGED_VERSIONS, version1, version2, Bytes.EMPTY, value);
  }
}
