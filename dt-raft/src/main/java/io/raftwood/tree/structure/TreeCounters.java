package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;

/**
 * What changes with a tree, in its row and in backups alike.
 *
 * @param nextNode the number of the next new node; only grows
 * @param rootLevel the root's level; 0 for a leaf
 * @param entries number of entries
 * @param nodes number of nodes
 * @param structure grows with every change of an inner node: as long as it is the same, so are all
 *     inner nodes
 */
public record TreeCounters(long nextNode, int rootLevel, long entries, long nodes, long structure) {
  /** Those of an empty tree: one empty root leaf. */
  static final TreeCounters EMPTY = new TreeCounters(TreeRecord.ROOT + 1, 0, 0, 1, 0);

  /** Bytes that {@link #write} appends. */
  static final int BYTES = 4 * Long.BYTES + 1;

  ByteWriter write(ByteWriter target) {
    return target.u64(nextNode).u8(rootLevel).u64(entries).u64(nodes).u64(structure);
  }

  static TreeCounters read(ByteReader reader) {
    return new TreeCounters(reader.u64(), reader.u8(), reader.u64(), reader.u64(), reader.u64());
  }
}
