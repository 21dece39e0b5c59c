package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.storage.StorageException;
import java.util.function.Function;

/** What all row values of trees have in common: they begin with their format. */
final class RowFormat {
  /** The format that is written, and the only one that is read. */
  static final int FORMAT = 1;

  private RowFormat() {}

  /** Begins a row's value. */
  static ByteWriter start(int capacity) {
    return new ByteWriter(capacity).u8(FORMAT);
  }

  /**
   * Reads a row's value behind its format byte.
   *
   * @throws StorageException when it is not a row of a known format; a fault
   */
  static <T> T read(String what, Bytes row, Function<ByteReader, T> body) {
    try {
      ByteReader reader = new ByteReader(row);
      int format = reader.u8();
      if (format != FORMAT) {
        throw new MalformedBytesException("format " + format + " is unknown");
      }
      return body.apply(reader);
    } catch (MalformedBytesException e) {
      throw new StorageException("not a row of a " + what + ": " + row, e);
    }
  }
}
