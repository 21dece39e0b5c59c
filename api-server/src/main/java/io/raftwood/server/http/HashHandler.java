package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.RecordId;
import java.util.List;

/** hustdb's {@code hget hexist hset hdel hincrby}. Runs on I/O threads. */
final class HashHandler {
  private static final List<String> INCREMENT_PARAMETERS = List.of("tb", "key", "val");

  private final RecordRequests requests;

  /** Serves by {@code requests}. */
  HashHandler(RecordRequests requests) {
    this.requests = requests;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.any("hget", Family.READ, this::get),
        Route.any("hexist", Family.READ, this::exist),
        Route.any("hdel", Family.DEL, this::delete),
        Route.any("hincrby", Family.INCR, this::increment),
        Route.withBody("hset", Family.PUT, this::set));
  }

  private void get(Call call) {
    requests.read(call, new KvQuery.Get(id(call)));
  }

  private void exist(Call call) {
    requests.read(call, new KvQuery.Exist(id(call)));
  }

  private void set(Call call) {
    RecordId id = id(call);
    Bytes value = requests.value(call);
    long ttl = requests.ttl(call);
    requests.write(call, id, new KvCommand.Put(id, value, ttl, requests.expectedVersion(call)));
  }

  private void delete(Call call) {
    RecordId id = id(call);
    requests.write(call, id, new KvCommand.Delete(id, requests.expectedVersion(call)));
  }

  private void increment(Call call) {
    INCREMENT_PARAMETERS.forEach(name -> refuseIfEmpty(call.query(), name));
    RecordId id = id(call);
    long delta = requests.parameters().requiredSigned64(call.query(), "val");
    long ttl = requests.ttl(call);
    requests.write(
        call, id, new KvCommand.Increment(id, delta, ttl, requests.expectedVersion(call)));
  }

  /** An empty parameter is not a missing one here: the original's answers differ. */
  private void refuseIfEmpty(RawQuery query, String name) {
    if (query.first(name).isPresent() && requests.parameters().raw(query, name).isEmpty()) {
      throw new RequestRefusedException(Outcome.MALFORMED_PARAMETER, name);
    }
  }

  private RecordId id(Call call) {
    return RecordId.field(requests.table(call), requests.key(call));
  }
}
