package io.raftwood.cluster;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Command;
import io.raftwood.raft.CorruptEntryException;
import io.raftwood.raft.Machine;
import io.raftwood.raft.Query;
import io.raftwood.raft.QueryContext;
import java.util.Optional;

/**
 * The meta group's machine: decides every {@link ClusterCommand} on the cluster map, which it keeps
 * in {@link io.raftwood.storage.Keyspace#CLUSTER}. Queries ask for the whole map or for the users.
 */
public final class ClusterMachine implements Machine {
  /** The family of cluster commands and queries. */
  public static final int FAMILY = 3;

  private static final int QUERY_FORMAT = 1;
  private static final int WHOLE_MAP = 1;
  private static final int ALL_USERS = 20;

  /** The query for the whole map; {@link #decodeAnswer} reads its answer. */
  public static Query mapQuery() {
    return new Query(FAMILY, Bytes.of(QUERY_FORMAT, WHOLE_MAP));
  }

  /** The query for all users; {@link Users#decode} reads its answer. */
  public static Query usersQuery() {
    return new Query(FAMILY, Bytes.of(QUERY_FORMAT, ALL_USERS));
  }

  /** {@code command} on its way into the meta group's log. */
  public static Command command(ClusterCommand command, Optional<Bytes> idempotencyKey) {
    return new Command(FAMILY, idempotencyKey, ClusterCommandCodec.encode(command));
  }

  /**
   * Reads the answer to {@link #mapQuery}: empty before the cluster is formed.
   *
   * @throws MalformedBytesException when it is something else
   */
  public static Optional<ClusterMap> decodeAnswer(Bytes answer) {
    return answer.isEmpty() ? Optional.empty() : Optional.of(ClusterMapCodec.decode(answer));
  }

  @Override
  public int family() {
    return FAMILY;
  }

  @Override
  public Bytes apply(ApplyContext context, Bytes command) {
    ClusterCommand decoded;
    try {
      decoded = ClusterCommandCodec.decode(command);
    } catch (MalformedBytesException e) {
      throw new CorruptEntryException("cluster command cannot be decoded", e);
    }
    ClusterDecisions decisions = new ClusterDecisions(new ClusterState(context.batch()), context);
    return ClusterResultCodec.encode(decoded.dispatch(decisions));
  }

  @Override
  public Bytes query(QueryContext context, Bytes query) {
    ByteReader in = new ByteReader(query);
    ClusterFields.expectFormat(in, QUERY_FORMAT);
    int tag = in.u8();
    in.expectEnd();
    switch (tag) {
      case WHOLE_MAP:
        return ClusterState.encodedMap(context.view());
      case ALL_USERS:
        return ClusterState.encodedUsers(context.view());
      default:
        throw new MalformedBytesException("no cluster query has tag " + tag);
    }
  }
}
