package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterFields;

/**
 * Asks a node for the hash that its replica took at a barrier.
 *
 * @param group the group's name
 * @param barrier the barrier's id
 * @param index the barrier's log index
 */
public record StateHashRequest(String group, long barrier, long index) {
  private static final int FORMAT = 1;

  /** As bytes: format byte, group, barrier (u64), index. */
  public Bytes encode() {
    return new ByteWriter().u8(FORMAT).text(group).u64(barrier).varint(index).toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static StateHashRequest decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    StateHashRequest request =
        new StateHashRequest(in.text(), in.u64(), ClusterFields.readCounter(in));
    in.expectEnd();
    return request;
  }
}
