package io.raftwood.membership;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.cluster.ClusterCommand;
import io.raftwood.cluster.ClusterCommandCodec;
import io.raftwood.cluster.ClusterFields;
import java.util.Optional;

/**
 * A command on its way to the meta group's leader.
 *
 * @param clusterId the cluster it is meant for
 * @param idempotencyKey see {@link io.raftwood.raft.Command#idempotencyKey}
 * @param command what to propose
 */
public record ClusterCommandRequest(
    String clusterId, Optional<Bytes> idempotencyKey, ClusterCommand command) {
  private static final int FORMAT = 1;

  /** As bytes: format byte, cluster id, key (empty = none), command. */
  public Bytes encode() {
    ByteWriter out = new ByteWriter().u8(FORMAT);
    ClusterFields.writeId(out, clusterId);
    out.sized(idempotencyKey.orElse(Bytes.EMPTY));
    return out.sized(ClusterCommandCodec.encode(command)).toBytes();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws MalformedBytesException for anything else
   */
  public static ClusterCommandRequest decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    ClusterFields.expectFormat(in, FORMAT);
    String clusterId = ClusterFields.readId(in);
    Bytes key = in.sized();
    ClusterCommand command = ClusterCommandCodec.decode(in.sized());
    in.expectEnd();
    return new ClusterCommandRequest(
        clusterId, key.isEmpty() ? Optional.empty() : Optional.of(key), command);
  }
}
