package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.RecordId;
import java.util.List;
import java.util.function.Consumer;

/** hustdb's {@code sismember sadd srem}; the member is the body. Runs on I/O threads. */
final class SetHandler {
  private final RecordRequests requests;

  /** Serves by {@code requests}. */
  SetHandler(RecordRequests requests) {
    this.requests = requests;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        post("sismember", Family.READ, this::isMember),
        post("sadd", Family.PUT, this::add),
        post("srem", Family.PUT, this::remove));
  }

  private static Route post(String path, Family family, Consumer<Call> handler) {
    return new Route("/" + path, path, family, true, "POST", handler);
  }

  private void isMember(Call call) {
    requests.read(call, new KvQuery.Exist(id(call)));
  }

  private void add(Call call) {
    RecordId id = id(call);
    long ttl = requests.ttl(call);
    requests.write(
        call, id, new KvCommand.Put(id, Bytes.EMPTY, ttl, requests.expectedVersion(call)));
  }

  private void remove(Call call) {
    RecordId id = id(call);
    requests.write(call, id, new KvCommand.Delete(id, requests.expectedVersion(call)));
  }

  private RecordId id(Call call) {
    return RecordId.member(requests.table(call), requests.member(call));
  }
}
