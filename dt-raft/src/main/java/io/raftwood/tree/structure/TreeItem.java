package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeNumber;
import java.util.ArrayList;
import java.util.List;

/**
 * One part of a group's trees as backups and exports carry it; byte by byte in {@code
 * docs/formats.md}. Tags are never reused: 1 begin, 2 leaf, 3 inner node, 4 entry, 5 property, 6
 * end, 7 sequence.
 */
public sealed interface TreeItem {
  /** The slot that it belongs to. */
  int slot();

  /** Its bytes. */
  Bytes encode();

  /**
   * A tree: said before its parts, and again behind them, when all of it is there.
   *
   * @param root the id of its root
   * @param whole whether all parts have been said
   * @param id its name
   * @param fanout the maxima of its nodes
   * @param created the group's revision at its creation
   * @param counters what changes with it
   */
  record Tree(
      NodeId root, boolean whole, TreeId id, Fanout fanout, long created, TreeCounters counters)
      implements TreeItem {
    @Override
    public int slot() {
      return root.slot();
    }

    @Override
    public Bytes encode() {
      ByteWriter item =
          start(whole ? END : BEGIN, 64 + id.name().length())
              .u64(root.tree())
              .sized(id.name())
              .u16(fanout.leafMax())
              .u16(fanout.innerMax())
              .u64(created);
      return counters.write(item).toBytes();
    }

    private static Tree read(ByteReader reader, boolean whole) {
      NodeId root = new NodeId(treeNumber(reader), TreeRecord.ROOT);
      TreeId id = new TreeId(sized(reader, 1, TreeLimits.TREE_ID_BYTES_MAX));
      Fanout fanout = new Fanout(reader.u16(), reader.u16());
      if (!fanout.isValid()) {
        throw new MalformedBytesException("maxima of nodes: " + fanout);
      }
      long created = reader.u64();
      return new Tree(root, whole, id, fanout, created, TreeCounters.read(reader));
    }
  }

  /**
   * A leaf.
   *
   * @param node its id
   * @param low the smallest key that it may hold
   * @param count number of its entries
   */
  record Leaf(NodeId node, Bytes low, int count) implements TreeItem {
    @Override
    public int slot() {
      return node.slot();
    }

    @Override
    public Bytes encode() {
      ByteWriter writer = start(LEAF, 32 + low.length()).u64(node.tree()).u64(node.node());
      return writer.u16(count).raw(low).toBytes();
    }
  }

  /**
   * An inner node.
   *
   * @param node its id
   * @param level 1 or more
   * @param children in key order, at least one
   */
  record Inner(NodeId node, int level, List<Child> children) implements TreeItem {
    /** Copies the list. */
    public Inner {
      children = List.copyOf(children);
    }

    @Override
    public int slot() {
      return node.slot();
    }

    @Override
    public Bytes encode() {
      ByteWriter writer = start(INNER, 32 * (1 + children.size()));
      writer.u64(node.tree()).u64(node.node()).u8(level).u16(children.size());
      children.forEach(child -> writer.u64(child.node).sized(child.separator));
      return writer.toBytes();
    }

    private static Inner read(ByteReader reader, NodeId node) {
      int level = reader.u8();
      int count = reader.u16();
      if (level == 0 || count == 0) {
        throw new MalformedBytesException("an inner node of level " + level + " with " + count);
      }
      List<Child> children = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        long child = reader.u64();
        children.add(new Child(child, sized(reader, 0, TreeLimits.KEY_BYTES_MAX)));
      }
      return new Inner(node, level, children);
    }
  }

  /**
   * A child of an inner node.
   *
   * @param node its number
   * @param separator the first key of its range
   */
  record Child(long node, Bytes separator) {}

  /**
   * An entry.
   *
   * @param tree the tree's number
   * @param version the group's revision at the last write
   */
  record Entry(long tree, Bytes key, long version, Bytes value) implements TreeItem {
    @Override
    public int slot() {
      return TreeNumber.slotOf(tree);
    }

    @Override
    public Bytes encode() {
      ByteWriter writer = start(ENTRY, 32 + key.length() + value.length());
      return writer.u64(tree).sized(key).u64(version).raw(value).toBytes();
    }
  }

  /**
   * A property of a node.
   *
   * @param node the node's id
   */
  record Property(NodeId node, Bytes name, Bytes value) implements TreeItem {
    @Override
    public int slot() {
      return node.slot();
    }

    @Override
    public Bytes encode() {
      ByteWriter writer = start(PROPERTY, 32 + name.length() + value.length());
      return writer.u64(node.tree()).u64(node.node()).sized(name).raw(value).toBytes();
    }
  }

  /**
   * The last tree number that a slot has given.
   *
   * @param slot 0..1023
   * @param last its sequence
   */
  record Sequence(int slot, long last) implements TreeItem {
    @Override
    public Bytes encode() {
      return start(SEQUENCE, 16).u16(slot).u64(last).toBytes();
    }
  }

  /** The item's format. */
  int FORMAT = 1;

  /** Tag. */
  int BEGIN = 1;

  /** Tag. */
  int LEAF = 2;

  /** Tag. */
  int INNER = 3;

  /** Tag. */
  int ENTRY = 4;

  /** Tag. */
  int PROPERTY = 5;

  /** Tag. */
  int END = 6;

  /** Tag. */
  int SEQUENCE = 7;

  /**
   * Reads an item.
   *
   * @throws MalformedBytesException when it is none within {@link TreeLimits}; nothing else
   */
  static TreeItem decode(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    if (format != FORMAT) {
      throw new MalformedBytesException("a tree item of format " + format);
    }
    TreeItem item = read(reader, reader.u8());
    reader.expectEnd();
    return item;
  }

  private static TreeItem read(ByteReader reader, int tag) {
    switch (tag) {
      case BEGIN:
      case END:
        return Tree.read(reader, tag == END);
      case LEAF:
        NodeId leaf = node(reader);
        int count = reader.u16();
        return new Leaf(leaf, rest(reader, TreeLimits.KEY_BYTES_MAX), count);
      case INNER:
        return Inner.read(reader, node(reader));
      case ENTRY:
        long tree = treeNumber(reader);
        Bytes key = sized(reader, 1, TreeLimits.KEY_BYTES_MAX);
        return new Entry(tree, key, reader.u64(), rest(reader, TreeLimits.VALUE_BYTES_MAX));
      case PROPERTY:
        NodeId node = node(reader);
        Bytes name = sized(reader, 1, TreeLimits.PROPERTY_NAME_BYTES_MAX);
        return new Property(node, name, rest(reader, TreeLimits.PROPERTY_VALUE_BYTES_MAX));
      case SEQUENCE:
        int slot = reader.u16();
        long last = reader.u64();
        if (slot >= TreeNumber.SLOTS || last < 1 || last > TreeNumber.SEQUENCE_MAX) {
          throw new MalformedBytesException("sequence " + last + " of slot " + slot);
        }
        return new Sequence(slot, last);
      default:
        throw new MalformedBytesException("a tree item of tag " + tag);
    }
  }

  private static long treeNumber(ByteReader reader) {
    long number = reader.u64();
    if (number < 0) {
      throw new MalformedBytesException("tree number " + number);
    }
    return number;
  }

  private static NodeId node(ByteReader reader) {
    long tree = treeNumber(reader);
    long node = reader.u64();
    if (node < 0) {
      throw new MalformedBytesException("node number " + node);
    }
    return new NodeId(tree, node);
  }

  private static Bytes sized(ByteReader reader, int min, int max) {
    Bytes bytes = reader.sized();
    if (bytes.length() < min || bytes.length() > max) {
      throw new MalformedBytesException("a field of " + bytes.length() + " bytes");
    }
    return bytes;
  }

  private static Bytes rest(ByteReader reader, int max) {
    Bytes bytes = reader.rest();
    if (bytes.length() > max) {
      throw new MalformedBytesException("a field of " + bytes.length() + " bytes");
    }
    return bytes;
  }

  private static ByteWriter start(int tag, int capacity) {
    return new ByteWriter(capacity + 2).u8(FORMAT).u8(tag);
  }
}
