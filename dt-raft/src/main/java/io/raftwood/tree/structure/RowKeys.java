package io.raftwood.tree.structure;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;

/**
 * Where the rows of trees stand in a tablet. Pure functions. A tree's number, like the hash of its
 * name, says its slot; so does every row below.
 */
final class RowKeys {
  private static final int NAME = 1;
  private static final int TREE = 2;
  private static final int NODE = 3;
  private static final int ENTRY = 4;
  private static final int PROPERTY = 5;
  private static final int SEQUENCE = 6;
  private static final int PURGE = 7;

  /** Key space, kind of row, tree number. */
  private static final int TREE_PREFIX_BYTES = 2 + Long.BYTES;

  private RowKeys() {}

  /** The row that says a tree's number. */
  static Bytes name(Bytes name) {
    return start(3 + name.length(), NAME).u8(TreeId.NAMESPACE).raw(name).toBytes();
  }

  /** All names. */
  static KeyRange names() {
    return KeyRange.prefix(name(Bytes.EMPTY));
  }

  /** The name in the key of a name's row. */
  static Bytes nameOf(Bytes nameKey) {
    return nameKey.slice(3);
  }

  /** The row of a tree's counters and maxima. */
  static Bytes tree(long tree) {
    return ofTree(TREE, tree, 0).toBytes();
  }

  /** The rows of all trees' counters and maxima. */
  static KeyRange trees() {
    return KeyRange.prefix(start(2, TREE).toBytes());
  }

  /** The row of a node. */
  static Bytes node(long tree, long node) {
    return ofTree(NODE, tree, Long.BYTES).u64(node).toBytes();
  }

  /** All nodes of a tree. */
  static KeyRange nodes(long tree) {
    return KeyRange.prefix(ofTree(NODE, tree, 0).toBytes());
  }

  /** The row of an entry. */
  static Bytes entry(long tree, Bytes key) {
    return ofTree(ENTRY, tree, key.length()).raw(key).toBytes();
  }

  /** The first place behind an entry's row. */
  static Bytes behindEntry(long tree, Bytes key) {
    return ofTree(ENTRY, tree, key.length() + 1).raw(key).u8(0).toBytes();
  }

  /** All entries of a tree, in key order. */
  static KeyRange entries(long tree) {
    return KeyRange.prefix(entry(tree, Bytes.EMPTY));
  }

  /** The entries of a tree from {@code key} (inclusive) upwards. */
  static KeyRange entriesFrom(long tree, Bytes key) {
    return new KeyRange(entry(tree, key), entries(tree).to());
  }

  /** The key in the key of an entry's row. */
  static Bytes keyOf(Bytes entryKey) {
    return entryKey.slice(TREE_PREFIX_BYTES);
  }

  /** The row of a node's property. */
  static Bytes property(NodeId id, Bytes name) {
    return ofTree(PROPERTY, id.tree(), Long.BYTES + name.length())
        .u64(id.node())
        .raw(name)
        .toBytes();
  }

  /** All properties of a node. */
  static KeyRange properties(NodeId id) {
    return KeyRange.prefix(property(id, Bytes.EMPTY));
  }

  /** All properties of all nodes of a tree. */
  static KeyRange properties(long tree) {
    return KeyRange.prefix(ofTree(PROPERTY, tree, 0).toBytes());
  }

  /** The row of a slot's last sequence. */
  static Bytes sequence(int slot) {
    return start(4, SEQUENCE).u16(slot).toBytes();
  }

  /** The rows of all slots' last sequences. */
  static KeyRange sequences() {
    return KeyRange.prefix(start(2, SEQUENCE).toBytes());
  }

  /** The slot in the key of a sequence's row. */
  static int slotOf(Bytes sequenceKey) {
    return new ByteReader(sequenceKey.slice(2)).u16();
  }

  /** The node in the key of a node's or property's row. */
  static long nodeOf(Bytes nodeKey) {
    return new ByteReader(nodeKey.slice(TREE_PREFIX_BYTES)).u64();
  }

  /** The name in the key of a property's row. */
  static Bytes propertyNameOf(Bytes propertyKey) {
    return propertyKey.slice(TREE_PREFIX_BYTES + Long.BYTES);
  }

  /** The row that asks for the purge of a dead node, or of a dropped tree (node 0). */
  static Bytes purge(NodeId id) {
    return ofTree(PURGE, id.tree(), Long.BYTES).u64(id.node()).toBytes();
  }

  /** All purges that are asked for. */
  static KeyRange purges() {
    return KeyRange.prefix(start(2, PURGE).toBytes());
  }

  /** What the key of a purge's row names. */
  static NodeId purgedOf(Bytes purgeKey) {
    ByteReader reader = new ByteReader(purgeKey);
    reader.u16();
    return new NodeId(reader.u64(), reader.u64());
  }

  private static ByteWriter ofTree(int kind, long tree, int more) {
    return start(TREE_PREFIX_BYTES + more, kind).u64(tree);
  }

  private static ByteWriter start(int capacity, int kind) {
    return new ByteWriter(capacity).u8(Keyspace.TREE.tag()).u8(kind);
  }
}
