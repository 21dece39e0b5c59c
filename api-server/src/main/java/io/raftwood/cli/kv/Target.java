package io.raftwood.cli.kv;

import io.raftwood.bytes.Bytes;

/**
 * What a request is about, for messages.
 *
 * @param text {@code key 'a'}
 * @param reading the command that shows it
 * @param listing the command that shows what else there is
 */
record Target(String text, String reading, String listing) {
  /** The cluster as a whole. */
  static final Target CLUSTER = new Target("the cluster", "raftwood kv stat", "raftwood kv stat");

  /** Where quoted names end in messages. */
  private static final int NAME_MAX = 200;

  /** A key. */
  static Target key(Bytes key) {
    return new Target("key " + quoted(key), command("get", key), "raftwood kv keys");
  }

  /** A field of a hash. */
  static Target field(String table, Bytes field) {
    return new Target(
        "field " + quoted(field) + " of hash '" + table + "'",
        command("hash get " + table, field),
        "raftwood kv hash list " + table);
  }

  /** A member of a set. */
  static Target member(String table, Bytes member) {
    return new Target(
        "member " + quoted(member) + " of set '" + table + "'",
        command("set has " + table, member),
        "raftwood kv set list " + table);
  }

  /** A member of a sorted set. */
  static Target scored(String table, Bytes member) {
    return new Target(
        "member " + quoted(member) + " of sorted set '" + table + "'",
        command("zset score " + table, member),
        "raftwood kv zset range " + table + " --rank 0:10");
  }

  /** A table. */
  static Target table(String table) {
    return new Target(
        "table '" + table + "'", "raftwood kv stat " + table, "raftwood kv stat --tables");
  }

  private static String quoted(Bytes name) {
    return "'" + shortened(ShownBytes.escaped(name)) + "'";
  }

  private static String command(String verb, Bytes name) {
    return "raftwood kv " + verb + " " + shortened(ShownBytes.argument(name));
  }

  private static String shortened(String text) {
    return text.length() <= NAME_MAX ? text : text.substring(0, NAME_MAX) + "...";
  }
}
