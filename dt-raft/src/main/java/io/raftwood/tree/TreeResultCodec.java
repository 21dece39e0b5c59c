package io.raftwood.tree;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import io.raftwood.tree.model.TreeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Results of family {@link TreeMachine#FAMILY}, format 1, byte by byte in {@code docs/formats.md}.
 * Pure functions; thread-safe.
 *
 * <p>Results of commands are part of the replicated state (by idempotency key), so their bytes may
 * not change within a format. Tags are never reused: of commands 1 created, 2 dropped, 3 inserted,
 * 4 key exists, 5 deleted, 6 value set, 7 property set, 8 loaded, 9 purged; of both 10 no such
 * tree, 11 compare failed, 12 no such node; of queries 16 found, 17 absent, 18 neighbours, 19 page,
 * 20 info, 21 trees, 22 root, 23 down nodes, 24 up node, 25 property.
 */
public final class TreeResultCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final TreeResult.Handler<Bytes> ENCODER = new TreeResultEncoder();

  private TreeResultCodec() {}

  /** Encodes a result. */
  public static Bytes encode(TreeResult result) {
    return result.dispatch(ENCODER);
  }

  /**
   * Decodes a result.
   *
   * @throws MalformedBytesException when {@code bytes} are not a result of a known format; nothing
   *     else is ever thrown
   */
  public static TreeResult decode(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    if (format != FORMAT) {
      throw new MalformedBytesException("tree result of format " + format + " is unknown");
    }
    int tag = reader.u8();
    TreeResult result =
        tag < TreeResultEncoder.FOUND ? readOfCommand(reader, tag) : readOfQuery(reader, tag);
    reader.expectEnd();
    return result;
  }

  private static TreeResult readOfCommand(ByteReader reader, int tag) {
    switch (tag) {
      case TreeResultEncoder.CREATED:
        NodeId root = TreeFields.readNode(reader);
        return new TreeResult.Created(root, TreeFields.readFlag(reader));
      case TreeResultEncoder.INSERTED:
        return new TreeResult.Inserted(TreeFields.readNode(reader));
      case TreeResultEncoder.DELETED:
        return new TreeResult.Deleted(TreeFields.readFlag(reader));
      case TreeResultEncoder.LOADED:
        int inserted = reader.count(TreeLimits.LOAD_ENTRIES_MAX);
        return new TreeResult.Loaded(inserted, reader.count(TreeLimits.LOAD_ENTRIES_MAX));
      case TreeResultEncoder.PURGED:
        int removed = reader.count(TreeLimits.PURGE_ROWS_MAX);
        return new TreeResult.Purged(removed, TreeFields.readFlag(reader));
      default:
        return readBare(tag);
    }
  }

  /** Reads a result that is its tag alone. */
  private static TreeResult readBare(int tag) {
    switch (tag) {
      case TreeResultEncoder.DROPPED:
        return new TreeResult.Dropped();
      case TreeResultEncoder.KEY_EXISTS:
        return new TreeResult.KeyExists();
      case TreeResultEncoder.VALUE_SET:
        return new TreeResult.ValueSet();
      case TreeResultEncoder.PROPERTY_SET:
        return new TreeResult.PropertySet();
      case TreeResultEncoder.NO_SUCH_TREE:
        return new TreeResult.NoSuchTree();
      case TreeResultEncoder.COMPARE_FAILED:
        return new TreeResult.CompareFailed();
      case TreeResultEncoder.NO_SUCH_NODE:
        return new TreeResult.NoSuchNode();
      case TreeResultEncoder.ABSENT:
        return new TreeResult.Absent();
      default:
        throw new MalformedBytesException("tree result of tag " + tag + " is unknown");
    }
  }

  private static TreeResult readOfQuery(ByteReader reader, int tag) {
    switch (tag) {
      case TreeResultEncoder.FOUND:
        return readFound(reader);
      case TreeResultEncoder.NEIGHBOURS:
        return readNeighbours(reader);
      case TreeResultEncoder.PAGE:
        return readPage(reader);
      case TreeResultEncoder.INFO:
        return readInfo(reader);
      case TreeResultEncoder.TREES:
        return readTrees(reader);
      case TreeResultEncoder.ROOT:
        return new TreeResult.Root(TreeFields.readNode(reader));
      case TreeResultEncoder.DOWN_NODES:
        return new TreeResult.DownNodes(
            readList(reader, TreeLimits.FANOUT_MAX, () -> TreeFields.readNode(reader)));
      case TreeResultEncoder.UP_NODE:
        boolean hasParent = TreeFields.readFlag(reader);
        return new TreeResult.UpNode(
            hasParent ? Optional.of(TreeFields.readNode(reader)) : Optional.empty());
      case TreeResultEncoder.PROPERTY:
        return new TreeResult.Property(
            TreeFields.readOptional(reader, TreeLimits.PROPERTY_VALUE_BYTES_MAX));
      default:
        return readBare(tag);
    }
  }

  private static TreeResult readFound(ByteReader reader) {
    long version = reader.u64();
    NodeId leaf = TreeFields.readNode(reader);
    return new TreeResult.Found(TreeFields.readValue(reader), version, leaf);
  }

  private static TreeResult readNeighbours(ByteReader reader) {
    Bytes previous = TreeFields.readPoint(reader);
    Bytes next = TreeFields.readPoint(reader);
    return new TreeResult.Neighbours(previous, next, TreeFields.readFlag(reader));
  }

  private static TreeResult readPage(ByteReader reader) {
    List<TreeEntry> entries =
        readList(
            reader,
            TreeLimits.PAGE_ENTRIES_MAX,
            () -> new TreeEntry(TreeFields.readKey(reader), TreeFields.readValue(reader)));
    return new TreeResult.Page(entries, TreeFields.readFlag(reader));
  }

  private static TreeResult readInfo(ByteReader reader) {
    NodeId root = TreeFields.readNode(reader);
    int height = reader.u16();
    return new TreeResult.Info(root, height, reader.varint(), reader.varint());
  }

  private static TreeResult readTrees(ByteReader reader) {
    List<TreeId> trees =
        readList(reader, TreeLimits.PAGE_ENTRIES_MAX, () -> TreeFields.readTree(reader));
    return new TreeResult.Trees(trees, TreeFields.readFlag(reader));
  }

  private static <T> List<T> readList(ByteReader reader, int max, Supplier<T> item) {
    // Every item has at least 2 bytes: a false count allocates no more than was sent.
    int count = reader.count(Math.min(max, reader.remaining() / 2));
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(item.get());
    }
    return items;
  }
}
