package io.raftwood.raft;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/**
 * The commands of family 0, which the kernel itself carries out. Format 1, tag 1 = barrier, tag 2 =
 * raise; tags are never reused.
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

  /**
   * Moves the group's revision and its replicated time forward, to where another cluster's group
   * was, so that what is restored from there lies in the past here too. Never moves either back.
   *
   * @param revision the revision to be at least at, 0 or more
   * @param clockMillis the replicated time to be at least at, 0..{@link
   *     EntryCodec#STAMP_MILLIS_MAX}
   */
  record Raise(long revision, long clockMillis) implements KernelCommand {
    private static final int TAG = 2;

    /** Checks the bounds: beyond them the command would stop every node. */
    public Raise {
      if (revision < 0 || clockMillis < 0 || clockMillis > EntryCodec.STAMP_MILLIS_MAX) {
        throw new IllegalArgumentException("revision " + revision + ", clock " + clockMillis);
      }
    }

    @Override
    public <R> R dispatch(Handler<R> handler) {
      return handler.raise(this);
    }

    @Override
    public Command toCommand() {
      ByteWriter writer = new ByteWriter(18).u8(FORMAT).u8(TAG).u64(revision).u64(clockMillis);
      return Command.of(FAMILY, writer.toBytes());
    }
  }

  /** One method for each command. */
  interface Handler<R> {
    /** Handles {@link Barrier}. */
    R barrier(Barrier command);

    /** Handles {@link Raise}. */
    R raise(Raise command);
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
      if (format != FORMAT || tag != Barrier.TAG && tag != Raise.TAG) {
        throw new CorruptEntryException(
            "kernel command of format " + format + ", tag " + tag + " is unknown");
      }
      KernelCommand command =
          tag == Barrier.TAG ? new Barrier(reader.u64()) : new Raise(reader.u64(), reader.u64());
      reader.expectEnd();
      return command;
    } catch (IllegalArgumentException e) {
      throw new CorruptEntryException("kernel command: " + e.getMessage(), e);
    } catch (MalformedBytesException e) {
      throw new CorruptEntryException("kernel command: " + e.getMessage(), e);
    }
  }
}
