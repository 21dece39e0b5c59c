package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;

/**
 * A step on its way to a group's leader.
 *
 * @param clusterId the cluster it is meant for
 * @param group the group's name
 * @param expected the configuration that the step was decided from; it is refused in any other
 * @param step what to do
 */
public record MembershipStepRequest(
    String clusterId, String group, GroupPlacement expected, MembershipStep step) {
  private static final int FORMAT = 1;

  /** As bytes: format byte, cluster id, group, expected voters and learners, step. */
  public Bytes encode() {
    ByteWriter out = new ByteWriter().u8(FORMAT);
    ClusterFields.writeId(out, clusterId);
    out.text(group);
    ClusterFields.writeList(out, expected.voters(), NodeReportCodec::writePeer);
    ClusterFields.writeList(out, expected.learners(), NodeReportCodec::writePeer);
    MembershipStep.Codec.write(out, step);
    return out.toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static MembershipStepRequest decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    MembershipStepRequest request =
        new MembershipStepRequest(
            ClusterFields.readId(in),
            in.text(),
            new GroupPlacement(
                ClusterFields.readList(in, NodeReportCodec::readPeer),
                ClusterFields.readList(in, NodeReportCodec::readPeer)),
            MembershipStep.Codec.read(in));
    in.expectEnd();
    return request;
  }
}
