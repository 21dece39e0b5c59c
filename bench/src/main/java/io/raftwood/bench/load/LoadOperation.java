package io.raftwood.bench.load;

/** What one request does. */
enum LoadOperation {
  /** Stores a record. */
  PUT,
  /** Reads a record. */
  GET,
  /** Adds a key to the tree, anywhere between those that were loaded. */
  TREE_INSERT,
  /** Reads a key of the tree. */
  TREE_GET,
  /** Asks for the neighbours of a key of the tree. */
  TREE_SEEK
}
