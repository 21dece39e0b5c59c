package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.Bytes;

/**
 * A leaf: a range of keys, from {@code low} to the next leaf's, and how many there are.
 *
 * @param low the smallest key that the leaf may hold
 * @param count number of stored keys in its range
 */
record LeafRow(Bytes low, int count) implements NodeRow {
  private static final int HEADER_BYTES = 4;

  @Override
  public int level() {
    return 0;
  }

  @Override
  public Bytes encode() {
    return RowFormat.start(HEADER_BYTES + low.length()).u8(0).u16(count).raw(low).toBytes();
  }

  static LeafRow decode(Bytes row) {
    return RowFormat.read("leaf", row, LeafRow::read);
  }

  private static LeafRow read(ByteReader reader) {
    reader.u8();
    int count = reader.u16();
    return new LeafRow(reader.rest(), count);
  }
}
