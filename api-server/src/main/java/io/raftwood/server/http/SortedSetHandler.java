package io.raftwood.server.http;

import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.RecordId;
import java.util.List;

/**
 * hustdb's {@code zscore zismember zadd zrem}; the member is the body or {@code key}. Runs on I/O
 * threads.
 */
final class SortedSetHandler {
  private final RecordRequests requests;

  /** Serves by {@code requests}. */
  SortedSetHandler(RecordRequests requests) {
    this.requests = requests;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.withBody("zscore", Family.SCORE, this::score),
        Route.withBody("zismember", Family.SCORE, this::isMember),
        Route.withBody("zadd", Family.PUT, this::add),
        Route.withBody("zrem", Family.PUT, this::remove));
  }

  private void score(Call call) {
    requests.read(call, new KvQuery.Get(id(call)));
  }

  private void isMember(Call call) {
    requests.read(call, new KvQuery.Exist(id(call)));
  }

  private void add(Call call) {
    RecordId id = id(call);
    long score = requests.parameters().requiredSigned64(call.query(), "score");
    ScoreChange change = change(requests.parameters().signed64(call.query(), "opt").orElse(0));
    long ttl = requests.ttl(call);
    long expected = requests.expectedVersion(call);
    requests.write(call, id, new KvCommand.SetScore(id, change, score, ttl, expected));
  }

  /** The sign of {@code opt} decides (contract 5.4). */
  private static ScoreChange change(long opt) {
    if (opt == 0) {
      return ScoreChange.SET;
    }
    return opt > 0 ? ScoreChange.ADD : ScoreChange.SUBTRACT;
  }

  private void remove(Call call) {
    RecordId id = id(call);
    requests.write(call, id, new KvCommand.Delete(id, requests.expectedVersion(call)));
  }

  private RecordId id(Call call) {
    return RecordId.scored(requests.table(call), requests.scoredMember(call));
  }
}
