package io.raftwood.membership;

import io.raftwood.admin.NodeFigures;
import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;
import io.raftwood.raft.PeerId;
import io.raftwood.raft.ReplicaStatus;
import io.raftwood.raft.Room;
import java.util.List;
import java.util.Optional;

/** Reports as bytes: format byte, fields. Decoding is total. */
public final class NodeReportCodec {
  private static final int FORMAT = 1;
  private static final List<ReplicaStatus.Role> ROLES_BY_TAG =
      List.of(
          ReplicaStatus.Role.LEADER,
          ReplicaStatus.Role.FOLLOWER,
          ReplicaStatus.Role.CANDIDATE,
          ReplicaStatus.Role.LEARNER,
          ReplicaStatus.Role.STOPPED);

  private static final List<Room> ROOMS_BY_TAG =
      List.of(Room.AMPLE, Room.SHORT, Room.FULL, Room.EXHAUSTED);

  private NodeReportCodec() {}

  /** Encodes {@code report}. */
  public static Bytes encode(NodeReport report) {
    ByteWriter out = new ByteWriter(256).u8(FORMAT);
    ClusterFields.writeId(out, report.clusterId());
    out.text(report.node());
    ClusterFields.writeId(out, report.incarnation());
    out.varint(report.epoch());
    ClusterFields.writeList(out, report.replicas(), NodeReportCodec::writeReplica);
    NodeFigures figures = report.figures();
    out.text(figures.version());
    out.varint(figures.diskFreeBytes()).varint(figures.diskTotalBytes());
    out.u8(ROOMS_BY_TAG.indexOf(figures.room()));
    return out.toBytes();
  }

  /**
   * Decodes what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static NodeReport decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    NodeReport report =
        new NodeReport(
            ClusterFields.readId(in),
            ClusterFields.readName(in),
            ClusterFields.readId(in),
            ClusterFields.readCounter(in),
            ClusterFields.readList(in, NodeReportCodec::readReplica),
            new NodeFigures(
                in.text(),
                ClusterFields.readCounter(in),
                ClusterFields.readCounter(in),
                ROOMS_BY_TAG.get(in.count(ROOMS_BY_TAG.size() - 1))));
    in.expectEnd();
    return report;
  }

  /** Appends a peer id. */
  static void writePeer(ByteWriter out, PeerId peer) {
    out.text(peer.host()).u16(peer.port()).varint(peer.index());
  }

  /** Reads what {@link #writePeer} wrote. */
  static PeerId readPeer(ByteReader in) {
    String host = in.text();
    int port = in.u16();
    int index = in.count(Integer.MAX_VALUE);
    return ClusterFields.checked(() -> new PeerId(host, port, index));
  }

  private static void writeReplica(ByteWriter out, ReplicaStatus replica) {
    out.text(replica.group()).u8(ROLES_BY_TAG.indexOf(replica.role()));
    out.text(replica.leader().orElse(""));
    out.varint(replica.term()).varint(replica.lastLogIndex()).varint(replica.commitIndex());
    out.varint(replica.appliedIndex()).varint(replica.revision()).varint(replica.snapshotIndex());
    ClusterFields.writeList(out, replica.voters(), NodeReportCodec::writePeer);
    ClusterFields.writeList(out, replica.learners(), NodeReportCodec::writePeer);
  }

  private static ReplicaStatus readReplica(ByteReader in) {
    String group = in.text();
    ReplicaStatus.Role role = ROLES_BY_TAG.get(in.count(ROLES_BY_TAG.size() - 1));
    String leader = in.text();
    return new ReplicaStatus(
        group,
        role,
        leader.isEmpty() ? Optional.empty() : Optional.of(leader),
        ClusterFields.readCounter(in),
        ClusterFields.readCounter(in),
        ClusterFields.readCounter(in),
        ClusterFields.readCounter(in),
        ClusterFields.readCounter(in),
        ClusterFields.readCounter(in),
        ClusterFields.readList(in, NodeReportCodec::readPeer),
        ClusterFields.readList(in, NodeReportCodec::readPeer));
  }
}
