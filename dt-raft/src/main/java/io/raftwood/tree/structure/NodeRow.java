package io.raftwood.tree.structure;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageException;

/** A tree node as it is stored: a leaf, or an inner node. Immutable. */
sealed interface NodeRow permits LeafRow, InnerRow {
  /** 0 for a leaf, else one more than the children's. */
  int level();

  /** The smallest key that the node may hold; empty = no lower bound. */
  Bytes low();

  /** Number of entries of a leaf, of children of an inner node. */
  int count();

  /** The row's value. */
  Bytes encode();

  /**
   * Reads a row's value.
   *
   * @throws StorageException when it is not a row of a known format; a fault
   */
  static NodeRow decode(Bytes row) {
    return row.length() > 1 && row.at(1) == 0 ? LeafRow.decode(row) : InnerRow.decode(row);
  }
}
