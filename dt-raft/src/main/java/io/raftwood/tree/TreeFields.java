package io.raftwood.tree;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.tree.model.Fanout;
import io.raftwood.tree.model.NodeId;
import io.raftwood.tree.model.TreeId;
import io.raftwood.tree.model.TreeLimits;
import java.util.Optional;

/**
 * The parts that commands, queries and results are made of. What is written is checked as it is
 * when read: what breaks the limits must not enter the log, where it would stop every node.
 */
final class TreeFields {
  private static final int NO = 0;
  private static final int YES = 1;

  private TreeFields() {}

  /** Refuses what a reader would refuse. */
  static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(what + " is out of bounds");
    }
  }

  static void writeTree(ByteWriter writer, TreeId tree) {
    writer.u8(TreeId.NAMESPACE);
    writeBytes(writer, tree.name(), 1, TreeLimits.TREE_ID_BYTES_MAX);
  }

  static TreeId readTree(ByteReader reader) {
    int namespace = reader.u8();
    if (namespace != TreeId.NAMESPACE) {
      throw new MalformedBytesException("namespace " + namespace + " is unknown");
    }
    return new TreeId(readBytes(reader, 1, TreeLimits.TREE_ID_BYTES_MAX));
  }

  static void writeNode(ByteWriter writer, NodeId node) {
    require(node.tree() >= 0 && node.node() >= 0, "node id");
    writer.varint(node.tree()).varint(node.node());
  }

  static NodeId readNode(ByteReader reader) {
    NodeId node = new NodeId(reader.varint(), reader.varint());
    if (node.tree() < 0 || node.node() < 0) {
      throw new MalformedBytesException("node id " + node);
    }
    return node;
  }

  static void writeFanout(ByteWriter writer, Fanout fanout) {
    require(fanout.isValid(), "maximum of a node");
    writer.u16(fanout.leafMax()).u16(fanout.innerMax());
  }

  static Fanout readFanout(ByteReader reader) {
    Fanout fanout = new Fanout(reader.u16(), reader.u16());
    if (!fanout.isValid()) {
      throw new MalformedBytesException("maxima of nodes: " + fanout);
    }
    return fanout;
  }

  static void writeCreation(ByteWriter writer, Optional<Fanout> creation) {
    writer.u8(creation.isPresent() ? YES : NO);
    creation.ifPresent(fanout -> writeFanout(writer, fanout));
  }

  static Optional<Fanout> readCreation(ByteReader reader) {
    return readFlag(reader) ? Optional.of(readFanout(reader)) : Optional.empty();
  }

  static void writeFlag(ByteWriter writer, boolean flag) {
    writer.u8(flag ? YES : NO);
  }

  static boolean readFlag(ByteReader reader) {
    int flag = reader.u8();
    if (flag > YES) {
      throw new MalformedBytesException(flag + " is neither 0 nor 1");
    }
    return flag == YES;
  }

  static void writeKey(ByteWriter writer, Bytes key) {
    writeBytes(writer, key, 1, TreeLimits.KEY_BYTES_MAX);
  }

  static Bytes readKey(ByteReader reader) {
    return readBytes(reader, 1, TreeLimits.KEY_BYTES_MAX);
  }

  /** A key, or empty for an end of the key order. */
  static void writePoint(ByteWriter writer, Bytes point) {
    writeBytes(writer, point, 0, TreeLimits.KEY_BYTES_MAX);
  }

  static Bytes readPoint(ByteReader reader) {
    return readBytes(reader, 0, TreeLimits.KEY_BYTES_MAX);
  }

  static void writeValue(ByteWriter writer, Bytes value) {
    writeBytes(writer, value, 0, TreeLimits.VALUE_BYTES_MAX);
  }

  static Bytes readValue(ByteReader reader) {
    return readBytes(reader, 0, TreeLimits.VALUE_BYTES_MAX);
  }

  static void writeOptional(ByteWriter writer, Optional<Bytes> value, int max) {
    writeFlag(writer, value.isPresent());
    value.ifPresent(bytes -> writeBytes(writer, bytes, 0, max));
  }

  static Optional<Bytes> readOptional(ByteReader reader, int max) {
    return readFlag(reader) ? Optional.of(readBytes(reader, 0, max)) : Optional.empty();
  }

  static void writeBytes(ByteWriter writer, Bytes bytes, int min, int max) {
    require(bytes.length() >= min && bytes.length() <= max, "length " + bytes.length());
    writer.sized(bytes);
  }

  static Bytes readBytes(ByteReader reader, int min, int max) {
    Bytes bytes = reader.sized();
    if (bytes.length() < min || bytes.length() > max) {
      throw new MalformedBytesException("a field of " + bytes.length() + " bytes");
    }
    return bytes;
  }

  /** A number of something, 1..{@code max}. */
  static void writeLimit(ByteWriter writer, int limit, int max) {
    require(limit >= 1 && limit <= max, "limit " + limit);
    writer.varint(limit);
  }

  static int readLimit(ByteReader reader, int max) {
    int limit = reader.count(max);
    if (limit == 0) {
      throw new MalformedBytesException("a limit of 0");
    }
    return limit;
  }
}
