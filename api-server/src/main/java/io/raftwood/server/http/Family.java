package io.raftwood.server.http;

import java.util.Locale;

/** Endpoints that answer every outcome alike; the first column of the outcome table. */
enum Family {
  /** {@code get exist hget hexist sismember}. */
  READ,
  /** {@code zscore zismember}. */
  SCORE,
  /** {@code zrangebyrank}. */
  RANK,
  /** {@code zrangebyscore}. */
  RANGE,
  /** {@code put hset sadd srem zadd zrem}. */
  PUT,
  /** {@code del hdel}. */
  DEL,
  /** {@code hincrby}. */
  INCR,
  /** {@code get2 hget2 zscore2}. */
  COMPARE,
  /** {@code sismember2}. */
  COMPARE_MEMBER,
  /** {@code cache/...} that read. */
  CACHE_READ,
  /** {@code cache/...} that write. */
  CACHE_WRITE,
  /** {@code keys hkeys smembers stat stat_all file_count}. */
  PEER,
  /** {@code scan}. */
  SCAN,
  /** {@code version}, {@code status.html}, {@code peer_count}, {@code get_table}. */
  INFO,
  /** {@code set_table}. */
  TABLE,
  /** {@code sync_status sync_alive}. */
  SYNC,
  /** {@code livez}, {@code readyz}, {@code metrics}. */
  SERVICE,
  /** {@code admin/...}. */
  ADMIN,
  /** {@code dt/...} that change trees. */
  TREE,
  /** {@code dt/...} that read trees. */
  TREE_READ,
  /** {@code batch}. */
  BATCH,
  /** A request that belongs to no endpoint. */
  NONE;

  /** Whether requests change records, so that a late one may still take effect. */
  boolean writes() {
    return this == PUT
        || this == DEL
        || this == INCR
        || this == CACHE_WRITE
        || this == TREE
        || this == TABLE
        || this == BATCH;
  }

  /** Who may call the endpoints, but for those that say otherwise. */
  Access access() {
    if (this == NONE) {
      return Access.FREE;
    }
    if (this == BATCH) {
      // What its commands need is asked of each of them.
      return Access.USER;
    }
    if (this == ADMIN || this == TABLE) {
      return Access.ADMIN;
    }
    return writes() ? Access.WRITE : Access.READ;
  }

  /** Whether the endpoints are hustdb's, which catch every path that begins like theirs. */
  boolean ofHustdb() {
    return this != SCAN && this != SERVICE && this != ADMIN && this != BATCH && !ofTrees();
  }

  private boolean ofTrees() {
    return this == TREE || this == TREE_READ;
  }

  /** The name in the outcome table. */
  String token() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
