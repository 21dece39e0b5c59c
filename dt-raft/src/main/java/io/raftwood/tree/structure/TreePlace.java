package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.Bytes;

/**
 * What a tree's name leads to.
 *
 * @param tree its number
 * @param structure that of its record ({@code TreeCounters}): the same, the same inner nodes
 */
public record TreePlace(long tree, long structure) {
  Bytes encode() {
    return RowFormat.start(1 + 2 * Long.BYTES).u64(tree).u64(structure).toBytes();
  }

  static TreePlace decode(Bytes row) {
    return RowFormat.read("tree's name", row, TreePlace::read);
  }

  private static TreePlace read(ByteReader reader) {
    TreePlace place = new TreePlace(reader.u64(), reader.u64());
    reader.expectEnd();
    return place;
  }
}
