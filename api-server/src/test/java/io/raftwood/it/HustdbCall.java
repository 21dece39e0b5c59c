package io.raftwood.it;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;

/**
 * A command or query on a record as a hustdb client sends it (contract 6.2-6.5).
 *
 * @param method of HTTP
 * @param target path and query
 * @param body may be empty
 */
record HustdbCall(String method, String target, byte[] body) {
  private static final byte[] NO_BODY = new byte[0];

  /** The call for {@code command}. */
  static HustdbCall of(KvCommand command) {
    return command.dispatch(new OfCommand());
  }

  /** The call for {@code query}. */
  static HustdbCall of(KvQuery query) {
    return query.dispatch(new OfQuery());
  }

  /** The same read, of two replicas: {@code hget2} for {@code hget}. */
  HustdbCall comparing() {
    int query = target.indexOf('?');
    return new HustdbCall(method, target.substring(0, query) + "2" + target.substring(query), body);
  }

  @Override
  public String toString() {
    return method + " " + target + " and " + body.length + " bytes";
  }

  /** Letters of the endpoints' names: {@code hget}, {@code hset}. */
  private static String letter(RecordKind kind) {
    switch (kind) {
      case HASH_FIELD:
        return "h";
      case SET_MEMBER:
        return "s";
      case SORTED_SET_MEMBER:
        return "z";
      default:
        return "";
    }
  }

  /** The record named in the query, or its member in the body. */
  private static HustdbCall named(String path, RecordId id, String more) {
    boolean member =
        id.kind() == RecordKind.SET_MEMBER || id.kind() == RecordKind.SORTED_SET_MEMBER;
    String table = id.kind().inTable() ? "tb=" + id.table().toUtf8() : "";
    if (member) {
      return new HustdbCall("POST", path + "?" + table + more, id.name().toArray());
    }
    String separator = table.isEmpty() ? "" : "&";
    String key = "key=" + encoded(id.name());
    return new HustdbCall("GET", path + "?" + table + separator + key + more, NO_BODY);
  }

  /** {@code name} with each byte percent-encoded. */
  static String encoded(Bytes name) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      text.append(String.format("%%%02X", name.at(i)));
    }
    return text.toString();
  }

  private static String conditions(long expectedVersion, long ttlSeconds) {
    String version = expectedVersion == 0 ? "" : "&ver=" + expectedVersion;
    return ttlSeconds == 0 ? version : version + "&ttl=" + ttlSeconds;
  }

  private static final class OfCommand implements KvCommand.Handler<HustdbCall> {
    @Override
    public HustdbCall put(KvCommand.Put command) {
      String more = conditions(command.expectedVersion(), command.ttlSeconds());
      if (command.id().kind() == RecordKind.SET_MEMBER) {
        return named("/sadd", command.id(), more);
      }
      String path = command.id().kind() == RecordKind.KEY ? "/put" : "/hset";
      HustdbCall call = named(path, command.id(), more);
      return new HustdbCall("PUT", call.target(), command.value().toArray());
    }

    @Override
    public HustdbCall setScore(KvCommand.SetScore command) {
      int opt = new int[] {0, 1, -1}[command.change().ordinal()];
      String score = "&score=" + command.score() + "&opt=" + opt;
      String more = conditions(command.expectedVersion(), command.ttlSeconds());
      return named("/zadd", command.id(), score + more);
    }

    @Override
    public HustdbCall increment(KvCommand.Increment command) {
      String more = conditions(command.expectedVersion(), command.ttlSeconds());
      return named("/hincrby", command.id(), "&val=" + command.delta() + more);
    }

    @Override
    public HustdbCall delete(KvCommand.Delete command) {
      RecordKind kind = command.id().kind();
      boolean member = kind == RecordKind.SET_MEMBER || kind == RecordKind.SORTED_SET_MEMBER;
      String path = "/" + letter(kind) + (member ? "rem" : "del");
      return named(path, command.id(), conditions(command.expectedVersion(), 0));
    }

    @Override
    public HustdbCall purgeExpired(KvCommand.PurgeExpired command) {
      throw new IllegalArgumentException("no client asks for a purge");
    }
  }

  private static final class OfQuery implements KvQuery.Handler<HustdbCall> {
    @Override
    public HustdbCall get(KvQuery.Get query) {
      switch (query.id().kind()) {
        case SET_MEMBER:
          throw new IllegalArgumentException("a set's member has no value");
        case SORTED_SET_MEMBER:
          return named("/zscore", query.id(), "");
        default:
          return named("/" + letter(query.id().kind()) + "get", query.id(), "");
      }
    }

    @Override
    public HustdbCall exist(KvQuery.Exist query) {
      RecordKind kind = query.id().kind();
      boolean member = kind == RecordKind.SET_MEMBER || kind == RecordKind.SORTED_SET_MEMBER;
      return named("/" + letter(kind) + (member ? "ismember" : "exist"), query.id(), "");
    }

    @Override
    public HustdbCall observe(KvQuery.Observe query) {
      throw ofGroup(query);
    }

    @Override
    public HustdbCall rangeByRank(KvQuery.RangeByRank query) {
      return range("/zrangebyrank", query.table(), "", query.offset(), query.size());
    }

    @Override
    public HustdbCall rangeByScore(KvQuery.RangeByScore query) {
      String bounds = "&min=" + query.min() + "&max=" + query.max();
      return range("/zrangebyscore", query.table(), bounds, query.offset(), query.size());
    }

    private static HustdbCall range(
        String path, Bytes table, String bounds, long offset, int size) {
      String window = "&offset=" + offset + "&size=" + size + "&noval=false";
      return new HustdbCall("GET", path + "?tb=" + table.toUtf8() + bounds + window, NO_BODY);
    }

    @Override
    public HustdbCall listRecords(KvQuery.ListRecords query) {
      throw ofGroup(query);
    }

    @Override
    public HustdbCall listTable(KvQuery.ListTable query) {
      throw ofGroup(query);
    }

    @Override
    public HustdbCall scan(KvQuery.Scan query) {
      throw ofGroup(query);
    }

    @Override
    public HustdbCall countAll(KvQuery.CountAll query) {
      throw ofGroup(query);
    }

    @Override
    public HustdbCall countTable(KvQuery.CountTable query) {
      throw ofGroup(query);
    }

    @Override
    public HustdbCall countTables(KvQuery.CountTables query) {
      throw ofGroup(query);
    }

    private static IllegalArgumentException ofGroup(KvQuery query) {
      return new IllegalArgumentException("asked of a node, not of a record: " + query);
    }
  }
}
