package io.raftwood.it;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CacheQuery;

/** The calls for commands and queries of the cache, as a hustdb client sends them (6.6). */
final class CacheCall {
  private static final Bytes NO_BODY = Bytes.EMPTY;

  private CacheCall() {}

  /** The call for {@code command}. */
  static HustdbCall of(CacheCommand command) {
    return command.dispatch(new OfCommand());
  }

  /** The call for {@code query}. */
  static HustdbCall of(CacheQuery query) {
    return query.dispatch(new OfQuery());
  }

  private static HustdbCall call(String method, String target, Bytes body) {
    return new HustdbCall(method, "/cache/" + target, body.toArray());
  }

  private static String name(CacheId id) {
    return id.inTable()
        ? "?tb=" + id.table().toUtf8() + "&key=" + HustdbCall.encoded(id.key())
        : name(id.key());
  }

  private static String name(Bytes key) {
    return "?key=" + HustdbCall.encoded(key);
  }

  private static String hash(CacheId id) {
    return id.inTable() ? "h" : "";
  }

  private static final class OfCommand implements CacheCommand.Handler<HustdbCall> {
    @Override
    public HustdbCall put(CacheCommand.Put command) {
      CacheId id = command.id();
      String path = id.inTable() ? "hset" : "put";
      String ttl = command.ttlSeconds() == 0 ? "" : "&ttl=" + command.ttlSeconds();
      return call("PUT", path + name(id) + ttl, command.value());
    }

    @Override
    public HustdbCall append(CacheCommand.Append command) {
      return call("POST", "append" + name(command.key()), command.value());
    }

    @Override
    public HustdbCall delete(CacheCommand.Delete command) {
      return call("GET", hash(command.id()) + "del" + name(command.id()), NO_BODY);
    }

    @Override
    public HustdbCall expire(CacheCommand.Expire command) {
      return call("GET", "expire" + name(command.key()) + "&ttl=" + command.ttlSeconds(), NO_BODY);
    }

    @Override
    public HustdbCall persist(CacheCommand.Persist command) {
      return call("GET", "persist" + name(command.key()), NO_BODY);
    }

    @Override
    public HustdbCall increment(CacheCommand.Increment command) {
      return call("GET", "hincrby" + name(command.id()) + "&val=" + command.delta(), NO_BODY);
    }

    @Override
    public HustdbCall incrementDecimal(CacheCommand.IncrementDecimal command) {
      String delta = "&val=" + command.delta().toUtf8();
      return call("GET", "hincrbyfloat" + name(command.id()) + delta, NO_BODY);
    }

    @Override
    public HustdbCall setBudget(CacheCommand.SetBudget command) {
      throw ofLeaders(command);
    }

    @Override
    public HustdbCall purge(CacheCommand.Purge command) {
      throw ofLeaders(command);
    }

    @Override
    public HustdbCall evict(CacheCommand.Evict command) {
      throw ofLeaders(command);
    }

    private static IllegalArgumentException ofLeaders(CacheCommand command) {
      return new IllegalArgumentException("no client asks for it: " + command);
    }
  }

  private static final class OfQuery implements CacheQuery.Handler<HustdbCall> {
    @Override
    public HustdbCall get(CacheQuery.Get query) {
      return call("GET", hash(query.id()) + "get" + name(query.id()), NO_BODY);
    }

    @Override
    public HustdbCall exist(CacheQuery.Exist query) {
      return call("GET", hash(query.id()) + "exist" + name(query.id()), NO_BODY);
    }

    @Override
    public HustdbCall timeLeft(CacheQuery.TimeLeft query) {
      return call("GET", "ttl" + name(query.key()), NO_BODY);
    }

    @Override
    public HustdbCall figures(CacheQuery.Figures query) {
      throw new IllegalArgumentException("no client asks for it: " + query);
    }
  }
}
