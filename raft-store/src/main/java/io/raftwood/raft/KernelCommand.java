package io.raftwood.raft;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/**
 * The commands of family 0, which the kernel itself carries out. Format 1, tag 1 = barrier; tags
 * are never reused.
 */
public sealed interface KernelCommand {
  /** The kernel's family. */
  int FAMILY = 0;

  /** The payload format that is written, and the only one that is read. */
  int FORMAT = 1;

  /** Calls the handler's method for this command. */
  <R> R dispatch(Handler<R> handler);

  /** The command as it travels: alone in its entry. */
  Command toCommand();

  /**
   * Marks one point of the log, the same on every replica, without changing any record, so that
   * replicas can compare their content at it.
   *
   * @param id chosen by whoever asks for the comparison
   */
  record Barrier(long id) implements KernelCommand {
    private static final int TAG = 1;

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.barrier(this);
    }

    @Override
    public Command toCommand() {
      return Command.of(FAMILY, new ByteWriter(10).u8(FORMAT).u8(TAG).u64(id).toBytes());
    }
  }

  /** One method for each command. */
  interface Handler<R> {
    /** Handles {@link Barrier}. */
    R barrier(Barrier command);
  }

  /**
   * Reads a payload of family 0.
   *
   * @throws CorruptEntryException when it is not a known command
   */
  static KernelCommand decode(Bytes payload) {
    try {
      ByteReader reader = new ByteReader(payload);
      int format = reader.u8();
      int tag = reader.u8();
      if (format != FORMAT || tag != Barrier.TAG) {
        throw new CorruptEntryException(
            "kernel command of format " + format + ", tag " + tag + " is unknown");
      }
      Barrier barrier = new Barrier(reader.u64());
      reader.expectEnd();
      return barrier;
    } catch (MalformedBytesException e) {
      throw new CorruptEntryException("kernel command: " + e.getMessage(), e);
    }
  }
}
