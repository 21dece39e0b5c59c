package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CacheQuery;
import java.util.List;
import java.util.function.Consumer;

/** hustdb's {@code cache/...}. Runs on I/O threads. */
final class CacheHandler {
  private final CacheRequests requests;

  /** Serves by {@code requests}. */
  CacheHandler(CacheRequests requests) {
    this.requests = requests;
  }

  /** The endpoints. */
  List<Route> routes() {
    return List.of(
        read("exist", call -> new CacheQuery.Exist(key(call))),
        read("get", call -> new CacheQuery.Get(key(call))),
        read("ttl", call -> new CacheQuery.TimeLeft(requests.key(call))),
        read("hexist", call -> new CacheQuery.Exist(readField(call))),
        read("hget", call -> new CacheQuery.Get(readField(call))),
        writeWithBody("put", this::put),
        writeWithBody("append", this::append),
        writeWithBody("hset", this::hset),
        write("del", call -> new CacheCommand.Delete(key(call))),
        write("hdel", call -> new CacheCommand.Delete(field(call))),
        write("expire", this::expire),
        write("persist", call -> new CacheCommand.Persist(requests.key(call))),
        write("hincrby", this::increment),
        write("hincrbyfloat", this::incrementDecimal));
  }

  /** Makes a query of a request. */
  private interface QueryReader {
    CacheQuery read(Call call);
  }

  /** Makes a command of a request. */
  private interface CommandReader {
    CacheCommand read(Call call);
  }

  private Route read(String name, QueryReader query) {
    Consumer<Call> handler = call -> requests.read(call, query.read(call));
    return Route.any("cache/" + name, Family.CACHE_READ, handler);
  }

  private Route write(String name, CommandReader command) {
    Consumer<Call> handler = call -> requests.write(call, command.read(call));
    return Route.any("cache/" + name, Family.CACHE_WRITE, handler);
  }

  private Route writeWithBody(String name, CommandReader command) {
    Consumer<Call> handler = call -> requests.write(call, command.read(call));
    return Route.withBody("cache/" + name, Family.CACHE_WRITE, handler);
  }

  private CacheCommand put(Call call) {
    CacheId id = key(call);
    Bytes value = requests.value(call);
    return new CacheCommand.Put(id, value, requests.optionalTtl(call));
  }

  private CacheCommand append(Call call) {
    Bytes key = requests.key(call);
    return new CacheCommand.Append(key, requests.value(call));
  }

  private CacheCommand hset(Call call) {
    CacheId id = field(call);
    return new CacheCommand.Put(id, requests.value(call), 0);
  }

  private CacheCommand expire(Call call) {
    Bytes key = requests.key(call);
    return new CacheCommand.Expire(key, requests.ttl(call));
  }

  private CacheCommand increment(Call call) {
    CacheId id = field(call);
    return new CacheCommand.Increment(id, requests.whole(call));
  }

  private CacheCommand incrementDecimal(Call call) {
    CacheId id = field(call);
    return new CacheCommand.IncrementDecimal(id, requests.decimal(call));
  }

  private CacheId key(Call call) {
    return CacheId.key(requests.key(call));
  }

  private CacheId field(Call call) {
    Bytes table = requests.table(call);
    return CacheId.field(table, requests.key(call));
  }

  private CacheId readField(Call call) {
    Bytes table = requests.readTable(call);
    return CacheId.field(table, requests.key(call));
  }
}
