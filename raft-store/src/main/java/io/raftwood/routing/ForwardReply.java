package io.raftwood.routing;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.DiskFullException;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.NotLeaderException;
import io.raftwood.raft.OutcomeUnknownException;
import io.raftwood.raft.OverloadedException;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.ReplicationException;
import java.util.Optional;

/**
 * The answer to a {@link ForwardRequest}: a result, or the failure with its retry advice intact.
 */
final class ForwardReply {
  private static final int FORMAT = 1;
  private static final int OK = 0;
  private static final int NOT_LEADER = 1;
  private static final int OVERLOADED = 2;
  private static final int UNAVAILABLE = 3;
  private static final int UNKNOWN = 4;
  private static final int DISK_FULL = 5;

  private ForwardReply() {}

  /**
   * A result.
   *
   * @param result encoded by the family
   * @param index the entry's log index, or the replica's applied index
   * @param consistency with which a query was read; {@code LINEARIZABLE} for a command
   */
  record Result(Bytes result, long index, ReadConsistency consistency) {}

  static Bytes encode(Result result) {
    return new ByteWriter(result.result.length() + 16)
        .u8(FORMAT)
        .u8(OK)
        .u64(result.index)
        .u8(result.consistency.ordinal())
        .raw(result.result)
        .toBytes();
  }

  static Bytes encode(ReplicationException failure) {
    if (failure instanceof NotLeaderException) {
      return text(NOT_LEADER, ((NotLeaderException) failure).leader().orElse(""));
    }
    if (failure instanceof OverloadedException) {
      return text(OVERLOADED, failure.getMessage());
    }
    if (failure instanceof DiskFullException) {
      return text(DISK_FULL, failure.getMessage());
    }
    return text(failure.certainlyNotApplied() ? UNAVAILABLE : UNKNOWN, failure.getMessage());
  }

  private static Bytes text(int status, String text) {
    return new ByteWriter().u8(FORMAT).u8(status).text(text).toBytes();
  }

  /**
   * Reads an answer.
   *
   * @throws ReplicationException the failure that the other node met
   * @throws MalformedBytesException when it is not an answer
   */
  static Result decode(String group, Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    int status = reader.u8();
    if (format != FORMAT || status > DISK_FULL) {
      throw new MalformedBytesException("forward reply of format " + format + ", status " + status);
    }
    if (status == OK) {
      long index = reader.u64();
      ReadConsistency consistency = ReadConsistency.values()[reader.count(2)];
      return new Result(reader.rest(), index, consistency);
    }
    throw failure(group, status, reader.text());
  }

  private static ReplicationException failure(String group, int status, String text) {
    switch (status) {
      case NOT_LEADER:
        return new NotLeaderException(group, text.isEmpty() ? Optional.empty() : Optional.of(text));
      case OVERLOADED:
        return new OverloadedException(text);
      case DISK_FULL:
        return new DiskFullException(text);
      case UNAVAILABLE:
        return new GroupUnavailableException(text);
      default:
        return new OutcomeUnknownException(text);
    }
  }
}
