package io.raftwood.tree;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeQuery;

/**
 * Queries of family {@link TreeMachine#FAMILY}, format 1, byte by byte in {@code docs/formats.md}.
 * Pure functions; thread-safe.
 *
 * <p>Tags are never reused: 1 get, 2 seek, 3 range, 4 info, 5 list, 6 getroot, 7 getdownnodes, 8
 * getupnode, 9 getmetaprop.
 */
public final class TreeQueryCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int GET = 1;
  private static final int SEEK = 2;
  private static final int RANGE = 3;
  private static final int INFO = 4;
  private static final int LIST = 5;
  private static final int ROOT = 6;
  private static final int DOWN_NODES = 7;
  private static final int UP_NODE = 8;
  private static final int META_PROP = 9;

  private static final TreeQuery.Handler<Bytes> ENCODER = new Encoder();

  private TreeQueryCodec() {}

  /**
   * Encodes a query.
   *
   * @throws IllegalArgumentException when it breaks {@link TreeLimits}
   */
  public static Bytes encode(TreeQuery query) {
    return query.dispatch(ENCODER);
  }

  /**
   * Decodes a query.
   *
   * @throws MalformedBytesException when {@code bytes} are not a query of a known format; nothing
   *     else is ever thrown
   */
  public static TreeQuery decode(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    if (format != FORMAT) {
      throw new MalformedBytesException("tree query of format " + format + " is unknown");
    }
    TreeQuery query = read(reader, reader.u8());
    reader.expectEnd();
    return query;
  }

  private static TreeQuery read(ByteReader reader, int tag) {
    switch (tag) {
      case GET:
        return new TreeQuery.Get(TreeFields.readTree(reader), TreeFields.readKey(reader));
      case SEEK:
        return new TreeQuery.Seek(TreeFields.readTree(reader), TreeFields.readPoint(reader));
      case RANGE:
        return readRange(reader);
      case INFO:
        return new TreeQuery.GetInfo(TreeFields.readTree(reader));
      case LIST:
        return new TreeQuery.ListTrees(
            TreeFields.readBytes(reader, 0, TreeLimits.TREE_ID_BYTES_MAX),
            TreeFields.readLimit(reader, TreeLimits.PAGE_ENTRIES_MAX));
      case ROOT:
        return new TreeQuery.GetRoot(TreeFields.readTree(reader));
      case DOWN_NODES:
        return new TreeQuery.GetDownNodes(TreeFields.readNode(reader));
      case UP_NODE:
        return new TreeQuery.GetUpNode(TreeFields.readNode(reader));
      case META_PROP:
        return new TreeQuery.GetMetaProp(
            TreeFields.readNode(reader),
            TreeFields.readBytes(reader, 1, TreeLimits.PROPERTY_NAME_BYTES_MAX));
      default:
        throw new MalformedBytesException("tree query of tag " + tag + " is unknown");
    }
  }

  private static TreeQuery readRange(ByteReader reader) {
    TreeId tree = TreeFields.readTree(reader);
    Bytes from = TreeFields.readPoint(reader);
    Bytes to = TreeFields.readPoint(reader);
    int limit = TreeFields.readLimit(reader, TreeLimits.PAGE_ENTRIES_MAX);
    return new TreeQuery.Range(tree, from, to, limit, TreeFields.readFlag(reader));
  }

  private static final class Encoder implements TreeQuery.Handler<Bytes> {
    @Override
    public Bytes get(TreeQuery.Get query) {
      ByteWriter writer = start(GET, query.tree());
      TreeFields.writeKey(writer, query.key());
      return writer.toBytes();
    }

    @Override
    public Bytes seek(TreeQuery.Seek query) {
      ByteWriter writer = start(SEEK, query.tree());
      TreeFields.writePoint(writer, query.key());
      return writer.toBytes();
    }

    @Override
    public Bytes range(TreeQuery.Range query) {
      ByteWriter writer = start(RANGE, query.tree());
      TreeFields.writePoint(writer, query.from());
      TreeFields.writePoint(writer, query.to());
      TreeFields.writeLimit(writer, query.limit(), TreeLimits.PAGE_ENTRIES_MAX);
      TreeFields.writeFlag(writer, query.reverse());
      return writer.toBytes();
    }

    @Override
    public Bytes getInfo(TreeQuery.GetInfo query) {
      return start(INFO, query.tree()).toBytes();
    }

    @Override
    public Bytes listTrees(TreeQuery.ListTrees query) {
      ByteWriter writer = start(LIST);
      TreeFields.writeBytes(writer, query.from(), 0, TreeLimits.TREE_ID_BYTES_MAX);
      TreeFields.writeLimit(writer, query.limit(), TreeLimits.PAGE_ENTRIES_MAX);
      return writer.toBytes();
    }

    @Override
    public Bytes getRoot(TreeQuery.GetRoot query) {
      return start(ROOT, query.tree()).toBytes();
    }

    @Override
    public Bytes getDownNodes(TreeQuery.GetDownNodes query) {
      return start(DOWN_NODES, query.node()).toBytes();
    }

    @Override
    public Bytes getUpNode(TreeQuery.GetUpNode query) {
      return start(UP_NODE, query.node()).toBytes();
    }

    @Override
    public Bytes getMetaProp(TreeQuery.GetMetaProp query) {
      ByteWriter writer = start(META_PROP, query.node());
      TreeFields.writeBytes(writer, query.name(), 1, TreeLimits.PROPERTY_NAME_BYTES_MAX);
      return writer.toBytes();
    }

    private static ByteWriter start(int tag, TreeId tree) {
      ByteWriter writer = start(tag);
      TreeFields.writeTree(writer, tree);
      return writer;
    }

    private static ByteWriter start(int tag, NodeId node) {
      ByteWriter writer = start(tag);
      TreeFields.writeNode(writer, node);
      return writer;
    }

    private static ByteWriter start(int tag) {
      return new ByteWriter().u8(FORMAT).u8(tag);
    }
  }
}
