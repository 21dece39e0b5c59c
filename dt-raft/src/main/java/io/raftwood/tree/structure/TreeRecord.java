package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.TreeId;

/**
 * A tree as its own row says it.
 *
 * @param id its name
 * @param fanout the maxima of its nodes
 * @param created the group's revision at its creation
 * @param counters what changes with the tree
 */
record TreeRecord(TreeId id, Fanout fanout, long created, Counters counters) {
  /** The number of every tree's root node. */
  static final long ROOT = 1;

  private static final int FIXED_BYTES = 1 + 1 + 5 + 2 + 2 + 8 + 8 + 1 + 8 + 8 + 8;

  /**
   * A tree's counters.
   *
   * @param nextNode the number of the next new node; only grows
   * @param rootLevel the root's level; 0 for a leaf
   * @param entries number of entries
   * @param nodes number of nodes
   * @param structure grows with every change of an inner node: as long as it is the same, so are
   *     all inner nodes
   */
  record Counters(long nextNode, int rootLevel, long entries, long nodes, long structure) {
    /** Those of an empty tree: one empty root leaf. */
    static final Counters EMPTY = new Counters(ROOT + 1, 0, 0, 1, 0);
  }

  Bytes encode() {
    return RowFormat.start(FIXED_BYTES + id.name().length())
        .u8(TreeId.NAMESPACE)
        .sized(id.name())
        .u16(fanout.leafMax())
        .u16(fanout.innerMax())
        .u64(created)
        .u64(counters.nextNode)
        .u8(counters.rootLevel)
        .u64(counters.entries)
        .u64(counters.nodes)
        .u64(counters.structure)
        .toBytes();
  }

  static TreeRecord decode(Bytes row) {
    return RowFormat.read("tree", row, TreeRecord::read);
  }

  private static TreeRecord read(ByteReader reader) {
    int namespace = reader.u8();
    if (namespace != TreeId.NAMESPACE) {
      throw new MalformedBytesException("namespace " + namespace + " is unknown");
    }
    TreeId id = new TreeId(reader.sized());
    Fanout fanout = new Fanout(reader.u16(), reader.u16());
    long created = reader.u64();
    Counters counters =
        new Counters(reader.u64(), reader.u8(), reader.u64(), reader.u64(), reader.u64());
    reader.expectEnd();
    return new TreeRecord(id, fanout, created, counters);
  }
}
