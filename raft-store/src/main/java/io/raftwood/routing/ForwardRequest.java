package io.raftwood.routing;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.Command;
import io.raftwood.raft.Query;
import io.raftwood.raft.ReadConsistency;
import java.util.Optional;

/**
 * A command or query on its way to a replica of its group (formats.md, "Messages"): u8 format, u8
 * operation, group, u32 milliseconds left, then the operation's fields.
 */
sealed interface ForwardRequest {
  int FORMAT = 1;
  int WRITE = 1;
  int READ = 2;

  String group();

  long timeLeftMillis();

  Bytes encode();

  /** Proposes a command. */
  record Write(String group, long timeLeftMillis, Command command) implements ForwardRequest {
    @Override
    public Bytes encode() {
      return head(WRITE, group, timeLeftMillis, command.payload().length())
          .u8(command.family())
          .sized(command.idempotencyKey().orElse(Bytes.EMPTY))
          .raw(command.payload())
          .toBytes();
    }
  }

  /** Answers a query. */
  record Read(String group, long timeLeftMillis, ReadConsistency consistency, Query query)
      implements ForwardRequest {
    @Override
    public Bytes encode() {
      return head(READ, group, timeLeftMillis, query.payload().length())
          .u8(consistency.ordinal())
          .u8(query.family())
          .raw(query.payload())
          .toBytes();
    }
  }

  private static ByteWriter head(int operation, String group, long millis, int payloadBytes) {
    int timeLeft = (int) Math.min(Integer.MAX_VALUE, Math.max(0, millis));
    return new ByteWriter(payloadBytes + 256).u8(FORMAT).u8(operation).text(group).u32(timeLeft);
  }

  /**
   * Reads a request.
   *
   * @throws MalformedBytesException when it is not one
   */
  static ForwardRequest decode(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    int operation = reader.u8();
    if (format != FORMAT || (operation != WRITE && operation != READ)) {
      throw new MalformedBytesException(
          "forward request of format " + format + ", operation " + operation);
    }
    String group = reader.text();
    long timeLeft = reader.u32() & 0xffffffffL;
    return operation == WRITE
        ? new Write(group, timeLeft, readCommand(reader))
        : new Read(group, timeLeft, readConsistency(reader), new Query(reader.u8(), reader.rest()));
  }

  private static Command readCommand(ByteReader reader) {
    int family = reader.u8();
    Bytes key = reader.sized();
    if (key.length() > Command.IDEMPOTENCY_KEY_BYTES_MAX) {
      throw new MalformedBytesException("idempotency key of " + key.length() + " bytes");
    }
    return new Command(family, key.isEmpty() ? Optional.empty() : Optional.of(key), reader.rest());
  }

  private static ReadConsistency readConsistency(ByteReader reader) {
    int ordinal = reader.u8();
    if (ordinal >= ReadConsistency.values().length) {
      throw new MalformedBytesException("read consistency " + ordinal);
    }
    return ReadConsistency.values()[ordinal];
  }
}
