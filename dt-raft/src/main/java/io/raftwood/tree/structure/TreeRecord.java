package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
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
record TreeRecord(TreeId id, Fanout fanout, long created, TreeCounters counters) {
  /** The number of every tree's root node. */
  static final long ROOT = 1;

  private static final int FIXED_BYTES = 1 + 1 + 5 + 2 + 2 + 8 + TreeCounters.BYTES;

  Bytes encode() {
    ByteWriter row =
        RowFormat.start(FIXED_BYTES + id.name().length())
            .u8(TreeId.NAMESPACE)
            .sized(id.name())
            .u16(fanout.leafMax())
            .u16(fanout.innerMax())
            .u64(created);
    return counters.write(row).toBytes();
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
    TreeCounters counters = TreeCounters.read(reader);
    reader.expectEnd();
    return new TreeRecord(id, fanout, created, counters);
  }
}
