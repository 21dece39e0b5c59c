package io.raftwood.raft;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Log entry format 1, byte by byte in {@code docs/formats.md}. Pure functions; thread-safe.
 *
 * <p>What {@link #encode} accepts, {@link #decode} accepts on every node: whatever could stop the
 * nodes is refused before it enters the log.
 */
public final class EntryCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  /** Most commands of one entry. */
  public static final int COMMANDS_MAX = 512;

  /**
   * Latest stamp: far beyond any clock, small enough that adding a time to live never overflows.
   */
  public static final long STAMP_MILLIS_MAX = 1L << 53;

  private EntryCodec() {}

  /**
   * Packs commands into one entry.
   *
   * @throws IllegalArgumentException when the stamp or the number of commands is out of range, or a
   *     kernel command (family 0) is not alone, or one or a bundle carries an idempotency key
   */
  public static Bytes encode(long stampMillis, List<Command> commands) {
    if (stampMillis < 0 || stampMillis > STAMP_MILLIS_MAX) {
      throw new IllegalArgumentException("stamp " + stampMillis + " is out of range");
    }
    if (commands.isEmpty() || commands.size() > COMMANDS_MAX) {
      throw new IllegalArgumentException(
          commands.size() + " commands, an entry has 1.." + COMMANDS_MAX);
    }
    ByteWriter writer =
        new ByteWriter(encodedLength(commands)).u8(FORMAT).u64(stampMillis).varint(commands.size());
    for (Command command : commands) {
      if (breaksKernelRule(command, commands.size())) {
        throw new IllegalArgumentException(
            "a kernel command is alone in its entry, and neither it nor a bundle has a key");
      }
      writeCommand(writer, command);
    }
    return writer.toBytes();
  }

  /** Writes a command as it stands in an entry, and in a bundle. */
  static void writeCommand(ByteWriter writer, Command command) {
    writer.u8(command.family()).sized(command.idempotencyKey().orElse(Bytes.EMPTY));
    writer.sized(command.payload());
  }

  /** Number of bytes that {@code command} adds to an entry; what packing is bounded by. */
  public static int encodedLength(Command command) {
    int key = command.idempotencyKey().orElse(Bytes.EMPTY).length();
    int payload = command.payload().length();
    return 1 + varintLength(key) + key + varintLength(payload) + payload;
  }

  /**
   * Unpacks an entry.
   *
   * @throws CorruptEntryException when {@code bytes} are not an entry of a known format; nothing
   *     else is ever thrown
   */
  public static Entry decode(Bytes bytes) {
    try {
      return read(new ByteReader(bytes));
    } catch (MalformedBytesException e) {
      throw new CorruptEntryException(
          "entry of " + bytes.length() + " bytes: " + e.getMessage(), e);
    }
  }

  private static Entry read(ByteReader reader) {
    int format = reader.u8();
    if (format != FORMAT) {
      throw new CorruptEntryException(
          "entry format " + format + " is unknown; this version reads format " + FORMAT);
    }
    long stampMillis = reader.u64();
    if (stampMillis < 0 || stampMillis > STAMP_MILLIS_MAX) {
      throw new MalformedBytesException("stamp " + stampMillis + " is out of range");
    }
    int count = reader.count(COMMANDS_MAX);
    if (count == 0) {
      throw new MalformedBytesException("no commands");
    }
    Command[] commands = new Command[count];
    for (int i = 0; i < count; i++) {
      commands[i] = readCommand(reader);
      if (breaksKernelRule(commands[i], count)) {
        throw new MalformedBytesException(
            "a kernel command beside others or with a key, or a bundle with a key");
      }
    }
    reader.expectEnd();
    return new Entry(stampMillis, Arrays.asList(commands));
  }

  /** Reads what {@link #writeCommand} wrote. */
  static Command readCommand(ByteReader reader) {
    int family = reader.u8();
    Bytes key = reader.raw(reader.count(Command.IDEMPOTENCY_KEY_BYTES_MAX));
    Bytes payload = reader.sized();
    return new Command(family, key.isEmpty() ? Optional.empty() : Optional.of(key), payload);
  }

  /**
   * A barrier promises that the entry's state is the state right there: nothing may share it. Of a
   * bundle only the parts have results to remember.
   */
  private static boolean breaksKernelRule(Command command, int commands) {
    boolean kernel = command.family() == KernelCommand.FAMILY;
    boolean keyed = command.idempotencyKey().isPresent();
    return kernel && commands != 1 || keyed && (kernel || command.family() == BundleCodec.FAMILY);
  }

  private static int encodedLength(List<Command> commands) {
    long length = 1L + Long.BYTES + varintLength(commands.size());
    for (Command command : commands) {
      length += encodedLength(command);
    }
    return Math.toIntExact(length);
  }

  private static int varintLength(int value) {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(value | 1);
    return (bits + 6) / 7;
  }
}
