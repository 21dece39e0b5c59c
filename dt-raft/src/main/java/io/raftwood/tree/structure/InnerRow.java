package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.storage.StorageException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * An inner node: children with separators, child i owning the keys from separator i to the next.
 * Kept as its row's bytes, in which a child is found by halving: a descent reads several inner
 * nodes and one child of each.
 */
final class InnerRow implements NodeRow {
  private static final int HEADER_BYTES = 4;
  private static final int SLOT_BYTES = Long.BYTES + Integer.BYTES;

  private final Bytes row;
  private final ByteBuffer view;

  private InnerRow(Bytes row) {
    this.row = row;
    view = ByteBuffer.wrap(row.unsafeArray());
  }

  /** A child and the first key of its range. */
  record Child(Bytes separator, long node) {}

  /** A node of these children, which are in key order. */
  static InnerRow of(int level, List<Child> children) {
    ByteWriter writer = RowFormat.start(HEADER_BYTES + 32 * children.size());
    writer.u8(level).u16(children.size());
    int end = 0;
    for (Child child : children) {
      end += child.separator.length();
      writer.u64(child.node).u32(end);
    }
    children.forEach(child -> writer.raw(child.separator));
    return new InnerRow(writer.toBytes());
  }

  static InnerRow decode(Bytes row) {
    if (row.length() < HEADER_BYTES || row.at(0) != RowFormat.FORMAT || row.at(1) == 0) {
      throw malformed(row);
    }
    InnerRow inner = new InnerRow(row);
    int text = inner.text();
    int end = 0;
    if (inner.count() == 0 || text > row.length()) {
      throw malformed(row);
    }
    for (int i = 0; i < inner.count(); i++) {
      int next = inner.end(i);
      if (next < end) {
        throw malformed(row);
      }
      end = next;
    }
    if (end != row.length() - text) {
      throw malformed(row);
    }
    return inner;
  }

  private static StorageException malformed(Bytes row) {
    return new StorageException("not a row of an inner node: " + row);
  }

  @Override
  public int level() {
    return row.at(1);
  }

  @Override
  public Bytes low() {
    return separator(0);
  }

  @Override
  public int count() {
    return row.at(2) << 8 | row.at(3);
  }

  @Override
  public Bytes encode() {
    return row;
  }

  /** The number of the child at {@code index}. */
  long child(int index) {
    return view.getLong(HEADER_BYTES + SLOT_BYTES * index);
  }

  /** The first key of the range of the child at {@code index}. */
  Bytes separator(int index) {
    return row.slice(text() + begin(index), text() + end(index));
  }

  /** The index of the child whose range holds {@code key}; the first for a key below all. */
  int indexOf(Bytes key) {
    byte[] array = row.unsafeArray();
    byte[] wanted = key.unsafeArray();
    int text = text();
    int low = 0;
    int high = count() - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      int from = text + begin(middle);
      int order = Arrays.compareUnsigned(array, from, text + end(middle), wanted, 0, wanted.length);
      if (order <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  /** All children, as a list of the caller's own. */
  List<Child> children() {
    List<Child> children = new ArrayList<>(count() + 1);
    for (int i = 0; i < count(); i++) {
      children.add(new Child(separator(i), child(i)));
    }
    return children;
  }

  /** This node with another separator before the child at {@code index}. */
  InnerRow withSeparator(int index, Bytes separator) {
    List<Child> children = children();
    children.set(index, new Child(separator, child(index)));
    return of(level(), children);
  }

  /** This node without the child at {@code index}. */
  InnerRow without(int index) {
    List<Child> children = children();
    children.remove(index);
    return of(level(), children);
  }

  private int text() {
    return HEADER_BYTES + SLOT_BYTES * count();
  }

  private int begin(int index) {
    return index == 0 ? 0 : end(index - 1);
  }

  private int end(int index) {
    return view.getInt(HEADER_BYTES + SLOT_BYTES * index + Long.BYTES);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof InnerRow && row.equals(((InnerRow) other).row);
  }

  @Override
  public int hashCode() {
    return row.hashCode();
  }

  @Override
  public String toString() {
    return "inner node of level " + level() + children();
  }
}
