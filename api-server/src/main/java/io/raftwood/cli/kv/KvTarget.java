package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.cli.call.Target;

/** What requests on records are about. */
final class KvTarget {
  /** The cluster as a whole. */
  static final Target CLUSTER = new Target("the cluster", "raftwood kv stat", "raftwood kv stat");

  private KvTarget() {}

  /** A key. */
  static Target key(Bytes key) {
    return new Target("key " + Target.quoted(key), command("get", key), "raftwood kv keys");
  }

  /** A field of a hash. */
  static Target field(String table, Bytes field) {
    return new Target(
        "field " + Target.quoted(field) + " of hash '" + table + "'",
        command("hash get " + table, field),
        "raftwood kv hash list " + table);
  }

  /** A key of the cache. */
  static Target cached(Bytes key) {
    return new Target(
        "key " + Target.quoted(key) + " of the cache",
        command("cache get", key),
        command("cache exist", key));
  }

  /** A field of a hash in the cache. */
  static Target cachedField(String table, Bytes field) {
    return new Target(
        "field " + Target.quoted(field) + " of hash '" + table + "' in the cache",
        command("cache hash get " + table, field),
        command("cache hash exist " + table, field));
  }

  /** A member of a set. */
  static Target member(String table, Bytes member) {
    return new Target(
        "member " + Target.quoted(member) + " of set '" + table + "'",
        command("set has " + table, member),
        "raftwood kv set list " + table);
  }

  /** A member of a sorted set. */
  static Target scored(String table, Bytes member) {
    return new Target(
        "member " + Target.quoted(member) + " of sorted set '" + table + "'",
        command("zset score " + table, member),
        "raftwood kv zset range " + table + " --rank 0:10");
  }

  /** A table. */
  static Target table(String table) {
    return new Target(
        "table '" + table + "'", "raftwood kv stat " + table, "raftwood kv stat --tables");
  }

  private static String command(String verb, Bytes name) {
    return "raftwood kv " + verb + " " + Target.argument(name);
  }
}
