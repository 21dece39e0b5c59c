package io.raftwood.bench.load;

/** What one request does. */
public enum LoadOperation {
  /** Stores a record. */
  PUT,
  /** Reads a record. */
  GET,
  /** Reads a record on two replicas. */
  GET2,
  /** Stores a field of one hash. */
  HSET,
  /** Adds a member to one sorted set. */
  ZADD,
  /** Stores an entry of the cache. */
  CACHE_PUT,
  /** Reads an entry of the cache. */
  CACHE_GET,
  /** Stores {@link #BATCH_COMMANDS} records in one request. */
  BATCH,
  /** Adds a key to the tree, anywhere between those that were loaded. */
  TREE_INSERT,
  /** Reads a key of the tree. */
  TREE_GET,
  /** Asks for the neighbours of a key of the tree. */
  TREE_SEEK;

  /** Commands of one {@link #BATCH}. */
  static final int BATCH_COMMANDS = 50;

  /** How many commands one request has. */
  int commands() {
    return this == BATCH ? BATCH_COMMANDS : 1;
  }

  /** Whether it works on the tree. */
  boolean ofTree() {
    return this == TREE_INSERT || this == TREE_GET || this == TREE_SEEK;
  }

  /** What puts the key there that this reads; itself if it writes. */
  LoadOperation preloading() {
    switch (this) {
      case GET, GET2:
        return PUT;
      case CACHE_GET:
        return CACHE_PUT;
      default:
        return this;
    }
  }
}
