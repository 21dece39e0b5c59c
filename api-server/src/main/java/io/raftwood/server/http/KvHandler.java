package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.RecordId;
import java.util.List;

/** hustdb's {@code get exist put del}. Runs on I/O threads. */
final class KvHandler {
  private final RecordRequests requests;

  /** Serves by {@code requests}. */
  KvHandler(RecordRequests requests) {
    this.requests = requests;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        Route.any("get", Family.READ, this::get),
        Route.any("exist", Family.READ, this::exist),
        Route.any("del", Family.DEL, this::delete),
        Route.withBody("put", Family.PUT, this::put));
  }

  private void get(Call call) {
    requests.read(call, new KvQuery.Get(id(call)));
  }

  private void exist(Call call) {
    requests.read(call, new KvQuery.Exist(id(call)));
  }

  private void put(Call call) {
    RecordId id = id(call);
    Bytes value = requests.value(call);
    long ttl = requests.ttl(call);
    requests.write(call, id, new KvCommand.Put(id, value, ttl, requests.expectedVersion(call)));
  }

  private void delete(Call call) {
    RecordId id = id(call);
    requests.write(call, id, new KvCommand.Delete(id, requests.expectedVersion(call)));
  }

  private RecordId id(Call call) {
    return RecordId.key(requests.key(call));
  }
}
