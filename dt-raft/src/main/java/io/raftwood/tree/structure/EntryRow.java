package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/**
 * An entry as it is stored.
 *
 * @param version the group's revision at the last write of the key
 * @param value the value
 */
public record EntryRow(long version, Bytes value) {
  /** The kind of all values so far: texts. */
  private static final int TEXT = 1;

  private static final int HEADER_BYTES = 2 + Long.BYTES;

  Bytes encode() {
    return RowFormat.start(HEADER_BYTES + value.length())
        .u8(TEXT)
        .u64(version)
        .raw(value)
        .toBytes();
  }

  static EntryRow decode(Bytes row) {
    return RowFormat.read("tree entry", row, EntryRow::read);
  }

  private static EntryRow read(ByteReader reader) {
    int kind = reader.u8();
    if (kind != TEXT) {
      throw new MalformedBytesException("kind " + kind + " is unknown");
    }
    return new EntryRow(reader.u64(), reader.rest());
  }
}
