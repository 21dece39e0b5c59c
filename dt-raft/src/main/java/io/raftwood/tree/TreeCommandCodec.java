package io.raftwood.tree;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.CorruptEntryException;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.model.TreeEntry;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Command payloads of family {@link TreeMachine#FAMILY}, format 1, byte by byte in {@code
 * docs/formats.md}. Pure functions; thread-safe.
 *
 * <p>Tags are never reused: 1 create, 2 drop, 3 insert, 4 delete, 5 setcas, 6 casmetaprop, 7 load,
 * 8 purge.
 */
public final class TreeCommandCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int CREATE = 1;
  private static final int DROP = 2;
  private static final int INSERT = 3;
  private static final int DELETE = 4;
  private static final int SET_CAS = 5;
  private static final int CAS_META_PROP = 6;
  private static final int LOAD = 7;
  private static final int PURGE = 8;

  /** Bytes of a command beside its tree id, keys and values. */
  private static final int OVERHEAD_BYTES = 32;

  private static final TreeCommand.Handler<Bytes> ENCODER = new Encoder();

  private TreeCommandCodec() {}

  /**
   * Encodes a command.
   *
   * @throws IllegalArgumentException when it breaks {@link TreeLimits}: it must not enter the log,
   *     where it would stop every node
   */
  public static Bytes encode(TreeCommand command) {
    return command.dispatch(ENCODER);
  }

  /**
   * Decodes a command out of the log.
   *
   * @throws CorruptEntryException when {@code bytes} are not a command of a known format within
   *     {@link TreeLimits}; nothing else is ever thrown
   */
  public static TreeCommand decode(Bytes bytes) {
    try {
      ByteReader reader = new ByteReader(bytes);
      int format = reader.u8();
      if (format != FORMAT) {
        throw new MalformedBytesException("format " + format + " is unknown");
      }
      TreeCommand command = read(reader, reader.u8());
      reader.expectEnd();
      return command;
    } catch (MalformedBytesException e) {
      throw new CorruptEntryException("tree command: " + e.getMessage(), e);
    }
  }

  /** Whether {@code bytes} are a command that only removes, as far as its tag says. */
  public static boolean removes(Bytes bytes) {
    if (bytes.length() < 2 || bytes.at(0) != FORMAT) {
      return false;
    }
    int tag = bytes.at(1);
    return tag == DROP || tag == DELETE || tag == PURGE;
  }

  private static TreeCommand read(ByteReader reader, int tag) {
    switch (tag) {
      case CREATE:
        return new TreeCommand.Create(TreeFields.readTree(reader), TreeFields.readFanout(reader));
      case DROP:
        return new TreeCommand.Drop(TreeFields.readTree(reader));
      case INSERT:
        return readInsert(reader);
      case DELETE:
        return new TreeCommand.Delete(
            TreeFields.readTree(reader),
            TreeFields.readKey(reader),
            TreeFields.readOptional(reader, TreeLimits.VALUE_BYTES_MAX));
      case SET_CAS:
        return readSetCas(reader);
      case CAS_META_PROP:
        return readCasMetaProp(reader);
      case LOAD:
        return readLoad(reader);
      case PURGE:
        return new TreeCommand.Purge(TreeFields.readLimit(reader, TreeLimits.PURGE_ROWS_MAX));
      default:
        throw new MalformedBytesException("tag " + tag + " is unknown");
    }
  }

  private static TreeCommand readInsert(ByteReader reader) {
    TreeId tree = TreeFields.readTree(reader);
    Optional<Fanout> creation = TreeFields.readCreation(reader);
    Bytes key = TreeFields.readKey(reader);
    return new TreeCommand.Insert(tree, key, TreeFields.readValue(reader), creation);
  }

  private static TreeCommand readSetCas(ByteReader reader) {
    TreeId tree = TreeFields.readTree(reader);
    Optional<Fanout> creation = TreeFields.readCreation(reader);
    Bytes key = TreeFields.readKey(reader);
    Optional<Bytes> expected = TreeFields.readOptional(reader, TreeLimits.VALUE_BYTES_MAX);
    return new TreeCommand.SetCas(tree, key, expected, TreeFields.readValue(reader), creation);
  }

  private static TreeCommand readCasMetaProp(ByteReader reader) {
    NodeId node = TreeFields.readNode(reader);
    Bytes name = TreeFields.readBytes(reader, 1, TreeLimits.PROPERTY_NAME_BYTES_MAX);
    if (TreeLimits.isSystemProperty(name)) {
      throw new MalformedBytesException("a change of a system property");
    }
    int max = TreeLimits.PROPERTY_VALUE_BYTES_MAX;
    Optional<Bytes> expected = TreeFields.readOptional(reader, max);
    return new TreeCommand.CasMetaProp(node, name, expected, TreeFields.readBytes(reader, 0, max));
  }

  private static TreeCommand readLoad(ByteReader reader) {
    TreeId tree = TreeFields.readTree(reader);
    Optional<Fanout> creation = TreeFields.readCreation(reader);
    int count = TreeFields.readLimit(reader, TreeLimits.LOAD_ENTRIES_MAX);
    List<TreeEntry> entries = new ArrayList<>(count);
    long bytes = 0;
    for (int i = 0; i < count; i++) {
      TreeEntry entry = new TreeEntry(TreeFields.readKey(reader), TreeFields.readValue(reader));
      bytes += entry.bytes();
      entries.add(entry);
    }
    if (bytes > TreeLimits.LOAD_BYTES_MAX) {
      throw new MalformedBytesException("a load of " + bytes + " bytes");
    }
    return new TreeCommand.Load(tree, entries, creation);
  }

  private static final class Encoder implements TreeCommand.Handler<Bytes> {
    @Override
    public Bytes create(TreeCommand.Create command) {
      ByteWriter writer = start(CREATE, command.tree(), 0);
      TreeFields.writeFanout(writer, command.fanout());
      return writer.toBytes();
    }

    @Override
    public Bytes drop(TreeCommand.Drop command) {
      return start(DROP, command.tree(), 0).toBytes();
    }

    @Override
    public Bytes insert(TreeCommand.Insert command) {
      int length = command.key().length() + command.value().length();
      ByteWriter writer = start(INSERT, command.tree(), length);
      TreeFields.writeCreation(writer, command.creation());
      TreeFields.writeKey(writer, command.key());
      TreeFields.writeValue(writer, command.value());
      return writer.toBytes();
    }

    @Override
    public Bytes delete(TreeCommand.Delete command) {
      int length = command.key().length() + lengthOf(command.expected());
      ByteWriter writer = start(DELETE, command.tree(), length);
      TreeFields.writeKey(writer, command.key());
      TreeFields.writeOptional(writer, command.expected(), TreeLimits.VALUE_BYTES_MAX);
      return writer.toBytes();
    }

    @Override
    public Bytes setCas(TreeCommand.SetCas command) {
      int values = command.value().length() + lengthOf(command.expected());
      ByteWriter writer = start(SET_CAS, command.tree(), command.key().length() + values);
      TreeFields.writeCreation(writer, command.creation());
      TreeFields.writeKey(writer, command.key());
      TreeFields.writeOptional(writer, command.expected(), TreeLimits.VALUE_BYTES_MAX);
      TreeFields.writeValue(writer, command.value());
      return writer.toBytes();
    }

    @Override
    public Bytes casMetaProp(TreeCommand.CasMetaProp command) {
      Bytes name = command.name();
      int max = TreeLimits.PROPERTY_VALUE_BYTES_MAX;
      TreeFields.require(!TreeLimits.isSystemProperty(name), "property name");
      ByteWriter writer =
          start(CAS_META_PROP, name.length() + command.value().length() + OVERHEAD_BYTES);
      TreeFields.writeNode(writer, command.node());
      TreeFields.writeBytes(writer, name, 1, TreeLimits.PROPERTY_NAME_BYTES_MAX);
      TreeFields.writeOptional(writer, command.expected(), max);
      TreeFields.writeBytes(writer, command.value(), 0, max);
      return writer.toBytes();
    }

    @Override
    public Bytes load(TreeCommand.Load command) {
      long bytes = command.entries().stream().mapToLong(TreeEntry::bytes).sum();
      TreeFields.require(bytes <= TreeLimits.LOAD_BYTES_MAX, "load of " + bytes + " bytes");
      int lengths = 6 * command.entries().size();
      ByteWriter writer = start(LOAD, command.tree(), (int) bytes + lengths);
      TreeFields.writeCreation(writer, command.creation());
      TreeFields.writeLimit(writer, command.entries().size(), TreeLimits.LOAD_ENTRIES_MAX);
      for (TreeEntry entry : command.entries()) {
        TreeFields.writeKey(writer, entry.key());
        TreeFields.writeValue(writer, entry.value());
      }
      return writer.toBytes();
    }

    @Override
    public Bytes purge(TreeCommand.Purge command) {
      ByteWriter writer = start(PURGE, 4);
      TreeFields.writeLimit(writer, command.limit(), TreeLimits.PURGE_ROWS_MAX);
      return writer.toBytes();
    }

    private static int lengthOf(Optional<Bytes> value) {
      return value.map(Bytes::length).orElse(0);
    }

    private static ByteWriter start(int tag, TreeId tree, int length) {
      ByteWriter writer = start(tag, OVERHEAD_BYTES + tree.name().length() + length);
      TreeFields.writeTree(writer, tree);
      return writer;
    }

    private static ByteWriter start(int tag, int capacity) {
      return new ByteWriter(capacity).u8(FORMAT).u8(tag);
    }
  }
}
