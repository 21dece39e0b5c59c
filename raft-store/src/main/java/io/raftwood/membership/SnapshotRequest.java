package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;

/**
 * Asks a node to have its replica of a group take a snapshot now; answered by {@link
 * MembershipStepReply}.
 *
 * @param clusterId the cluster meant
 * @param group the group's name
 */
public record SnapshotRequest(String clusterId, String group) {
  private static final int FORMAT = 1;

  /** As bytes: format byte, id of the cluster, group. */
  public Bytes encode() {
    ByteWriter out = new ByteWriter().u8(FORMAT);
    ClusterFields.writeId(out, clusterId);
    return out.text(group).toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static SnapshotRequest decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    SnapshotRequest request = new SnapshotRequest(ClusterFields.readId(in), in.text());
    in.expectEnd();
    return request;
  }
}
