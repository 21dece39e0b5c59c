package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/**
 * The cluster map as bytes: format byte, cluster id, epoch, nodes, groups, cache ({@code
 * docs/formats.md}). Equal maps have equal bytes.
 */
public final class ClusterMapCodec {
  private static final int FORMAT = 1;

  private ClusterMapCodec() {}

  /** Encodes {@code map}. */
  public static Bytes encode(ClusterMap map) {
    ByteWriter out = new ByteWriter(256).u8(FORMAT);
    ClusterFields.writeId(out, map.clusterId());
    out.varint(map.epoch());
    ClusterFields.writeList(out, map.nodes(), ClusterMapCodec::writeNode);
    ClusterFields.writeList(out, map.groups(), ClusterMapCodec::writeGroup);
    CacheFields.writeRoster(out, map.cache());
    return out.toBytes();
  }

  /**
   * Decodes what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static ClusterMap decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    ClusterMap map =
        new ClusterMap(
            ClusterFields.readId(in),
            ClusterFields.readCounter(in),
            ClusterFields.readList(in, ClusterMapCodec::readNode),
            ClusterFields.readList(in, ClusterMapCodec::readGroup),
            CacheFields.readRoster(in));
    in.expectEnd();
    return map;
  }

  private static void writeNode(ByteWriter out, NodeRecord node) {
    out.text(node.name());
    ClusterFields.writeAddress(out, node.http());
    ClusterFields.writeAddress(out, node.raft());
    ClusterFields.writeId(out, node.incarnation());
    out.varint(node.index()).varint(node.starts()).u8(node.standing().tag());
  }

  private static NodeRecord readNode(ByteReader in) {
    return new NodeRecord(
        ClusterFields.readName(in),
        ClusterFields.readAddress(in),
        ClusterFields.readAddress(in),
        ClusterFields.readId(in),
        in.count(Integer.MAX_VALUE),
        ClusterFields.readCounter(in),
        readStanding(in));
  }

  private static NodeStanding readStanding(ByteReader in) {
    int tag = in.u8();
    return ClusterFields.checked(() -> NodeStanding.of(tag));
  }

  private static void writeGroup(ByteWriter out, GroupRecord group) {
    out.text(group.name()).u16(group.firstSlot()).u16(group.endSlot());
    ClusterFields.writeList(out, group.voters(), ByteWriter::text);
    ClusterFields.writeList(out, group.learners(), ByteWriter::text);
  }

  private static GroupRecord readGroup(ByteReader in) {
    return new GroupRecord(
        in.text(),
        in.u16(),
        in.u16(),
        ClusterFields.readList(in, ClusterFields::readName),
        ClusterFields.readList(in, ClusterFields::readName));
  }
}
