package io.raftwood.tree;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeResult;

/** Writes what {@link TreeResultCodec} reads; the tags of both. Thread-safe. */
final class TreeResultEncoder implements TreeResult.Handler<Bytes> {
  static final int CREATED = 1;
  static final int DROPPED = 2;
  static final int INSERTED = 3;
  static final int KEY_EXISTS = 4;
  static final int DELETED = 5;
  static final int VALUE_SET = 6;
  static final int PROPERTY_SET = 7;
  static final int LOADED = 8;
  static final int PURGED = 9;
  static final int NO_SUCH_TREE = 10;
  static final int COMPARE_FAILED = 11;
  static final int NO_SUCH_NODE = 12;
  static final int FOUND = 16;
  static final int ABSENT = 17;
  static final int NEIGHBOURS = 18;
  static final int PAGE = 19;
  static final int INFO = 20;
  static final int TREES = 21;
  static final int ROOT = 22;
  static final int DOWN_NODES = 23;
  static final int UP_NODE = 24;
  static final int PROPERTY = 25;

  @Override
  public Bytes created(TreeResult.Created result) {
    ByteWriter writer = start(CREATED, result.root());
    TreeFields.writeFlag(writer, result.existed());
    return writer.toBytes();
  }

  @Override
  public Bytes dropped(TreeResult.Dropped result) {
    return bare(DROPPED);
  }

  @Override
  public Bytes inserted(TreeResult.Inserted result) {
    return start(INSERTED, result.leaf()).toBytes();
  }

  @Override
  public Bytes keyExists(TreeResult.KeyExists result) {
    return bare(KEY_EXISTS);
  }

  @Override
  public Bytes deleted(TreeResult.Deleted result) {
    ByteWriter writer = start(DELETED, 1);
    TreeFields.writeFlag(writer, result.existed());
    return writer.toBytes();
  }

  @Override
  public Bytes valueSet(TreeResult.ValueSet result) {
    return bare(VALUE_SET);
  }

  @Override
  public Bytes propertySet(TreeResult.PropertySet result) {
    return bare(PROPERTY_SET);
  }

  @Override
  public Bytes loaded(TreeResult.Loaded result) {
    return start(LOADED, 6).varint(result.inserted()).varint(result.existing()).toBytes();
  }

  @Override
  public Bytes purged(TreeResult.Purged result) {
    ByteWriter writer = start(PURGED, 4).varint(result.removed());
    TreeFields.writeFlag(writer, result.more());
    return writer.toBytes();
  }

  @Override
  public Bytes noSuchTree(TreeResult.NoSuchTree result) {
    return bare(NO_SUCH_TREE);
  }

  @Override
  public Bytes compareFailed(TreeResult.CompareFailed result) {
    return bare(COMPARE_FAILED);
  }

  @Override
  public Bytes noSuchNode(TreeResult.NoSuchNode result) {
    return bare(NO_SUCH_NODE);
  }

  @Override
  public Bytes found(TreeResult.Found result) {
    ByteWriter writer = start(FOUND, 32 + result.value().length()).u64(result.version());
    TreeFields.writeNode(writer, result.leaf());
    TreeFields.writeValue(writer, result.value());
    return writer.toBytes();
  }

  @Override
  public Bytes absent(TreeResult.Absent result) {
    return bare(ABSENT);
  }

  @Override
  public Bytes neighbours(TreeResult.Neighbours result) {
    int keys = result.previous().length() + result.next().length();
    ByteWriter writer = start(NEIGHBOURS, keys + 5);
    TreeFields.writePoint(writer, result.previous());
    TreeFields.writePoint(writer, result.next());
    TreeFields.writeFlag(writer, result.exact());
    return writer.toBytes();
  }

  @Override
  public Bytes page(TreeResult.Page result) {
    int bytes = result.entries().stream().mapToInt(entry -> entry.bytes() + 5).sum();
    ByteWriter writer = start(PAGE, bytes + 4).varint(result.entries().size());
    for (TreeEntry entry : result.entries()) {
      TreeFields.writeKey(writer, entry.key());
      TreeFields.writeValue(writer, entry.value());
    }
    TreeFields.writeFlag(writer, result.more());
    return writer.toBytes();
  }

  @Override
  public Bytes info(TreeResult.Info result) {
    return start(INFO, result.root())
        .u16(result.height())
        .varint(result.entries())
        .varint(result.nodes())
        .toBytes();
  }

  @Override
  public Bytes trees(TreeResult.Trees result) {
    ByteWriter writer = start(TREES, 16 * result.trees().size() + 4);
    writer.varint(result.trees().size());
    for (TreeId tree : result.trees()) {
      TreeFields.writeTree(writer, tree);
    }
    TreeFields.writeFlag(writer, result.more());
    return writer.toBytes();
  }

  @Override
  public Bytes root(TreeResult.Root result) {
    return start(ROOT, result.node()).toBytes();
  }

  @Override
  public Bytes downNodes(TreeResult.DownNodes result) {
    ByteWriter writer = start(DOWN_NODES, 8 * result.nodes().size() + 4);
    writer.varint(result.nodes().size());
    for (NodeId node : result.nodes()) {
      TreeFields.writeNode(writer, node);
    }
    return writer.toBytes();
  }

  @Override
  public Bytes upNode(TreeResult.UpNode result) {
    ByteWriter writer = start(UP_NODE, 20);
    TreeFields.writeFlag(writer, result.node().isPresent());
    result.node().ifPresent(node -> TreeFields.writeNode(writer, node));
    return writer.toBytes();
  }

  @Override
  public Bytes property(TreeResult.Property result) {
    ByteWriter writer = start(PROPERTY, 4 + result.value().map(Bytes::length).orElse(0));
    TreeFields.writeOptional(writer, result.value(), TreeLimits.PROPERTY_VALUE_BYTES_MAX);
    return writer.toBytes();
  }

  private static Bytes bare(int tag) {
    return start(tag, 0).toBytes();
  }

  private static ByteWriter start(int tag, NodeId node) {
    ByteWriter writer = start(tag, 24);
    TreeFields.writeNode(writer, node);
    return writer;
  }

  private static ByteWriter start(int tag, int more) {
    return new ByteWriter(2 + more).u8(TreeResultCodec.FORMAT).u8(tag);
  }
}
