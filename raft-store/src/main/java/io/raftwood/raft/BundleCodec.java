package io.raftwood.raft;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Several commands as one, and several queries as one, format 1, byte by byte in {@code
 * docs/formats.md}. The kernel takes them apart: no machine sees them. Pure functions; thread-safe.
 */
public final class BundleCodec {
  /** The family of bundles; no machine has it. */
  public static final int FAMILY = 255;

  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  /** Most commands of one bundle. */
  public static final int COMMANDS_MAX = 512;

  /** Most queries of one bundle: they are answered one after another on a network thread. */
  public static final int QUERIES_MAX = 64;

  /** Once the answers of a bundle are as long as this, its further queries are not answered. */
  public static final int ANSWERS_BYTES_MAX = 4 << 20;

  /** What a command or an answer has beside its content, at most. */
  private static final int OVERHEAD_BYTES = 8;

  private BundleCodec() {}

  /**
   * The command that stands for all of {@code commands}.
   *
   * @throws IllegalArgumentException when there are not 1..{@link #COMMANDS_MAX}, or one of them is
   *     the kernel's own or a bundle
   */
  public static Command ofCommands(List<Command> commands) {
    requireCount(commands.size(), COMMANDS_MAX);
    int bytes = OVERHEAD_BYTES;
    for (Command command : commands) {
      if (isClosed(command.family())) {
        throw new IllegalArgumentException("family " + command.family() + " in a bundle");
      }
      bytes += EntryCodec.encodedLength(command);
    }
    ByteWriter writer = new ByteWriter(bytes).u8(FORMAT).varint(commands.size());
    commands.forEach(command -> EntryCodec.writeCommand(writer, command));
    return Command.of(FAMILY, writer.toBytes());
  }

  /**
   * The commands of a bundle out of the log.
   *
   * @throws CorruptEntryException when {@code payload} is not what {@link #ofCommands} makes
   */
  static List<Command> commands(Bytes payload) {
    try {
      return read(payload, COMMANDS_MAX, EntryCodec::readCommand, Command::family);
    } catch (MalformedBytesException e) {
      throw new CorruptEntryException("bundle: " + e.getMessage(), e);
    }
  }

  /**
   * The query that stands for all of {@code queries}.
   *
   * @throws IllegalArgumentException when there are not 1..{@link #QUERIES_MAX}
   */
  public static Query ofQueries(List<Query> queries) {
    requireCount(queries.size(), QUERIES_MAX);
    int bytes = OVERHEAD_BYTES;
    for (Query query : queries) {
      bytes += query.payload().length() + OVERHEAD_BYTES;
    }
    ByteWriter writer = new ByteWriter(bytes).u8(FORMAT).varint(queries.size());
    queries.forEach(query -> writer.u8(query.family()).sized(query.payload()));
    return new Query(FAMILY, writer.toBytes());
  }

  /**
   * The queries of a bundle.
   *
   * @throws MalformedBytesException when {@code payload} is not what {@link #ofQueries} makes
   */
  static List<Query> queries(Bytes payload) {
    return read(
        payload, QUERIES_MAX, reader -> new Query(reader.u8(), reader.sized()), Query::family);
  }

  /** The result of a bundle: those of its parts, in order. */
  static Bytes results(List<Bytes> results) {
    int bytes = OVERHEAD_BYTES;
    for (Bytes result : results) {
      bytes += result.length() + OVERHEAD_BYTES;
    }
    ByteWriter writer = new ByteWriter(bytes).u8(FORMAT).varint(results.size());
    results.forEach(writer::sized);
    return writer.toBytes();
  }

  /**
   * The results of the parts of a bundle; of queries perhaps not of the last ones.
   *
   * @param parts how many there are
   * @throws MalformedBytesException when {@code result} is not the result of such a bundle
   */
  public static List<Bytes> parts(Bytes result, int parts) {
    return read(result, parts, ByteReader::sized, part -> FORMAT);
  }

  /** Whether a family has no place in a bundle: the kernel's own, and bundles. */
  private static boolean isClosed(int family) {
    return family == KernelCommand.FAMILY || family == FAMILY;
  }

  private static void requireCount(int count, int max) {
    if (count < 1 || count > max) {
      throw new IllegalArgumentException(count + " in a bundle of 1.." + max);
    }
  }

  private static <T> List<T> read(
      Bytes bytes, int max, Function<ByteReader, T> part, Function<T, Integer> family) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    if (format != FORMAT) {
      throw new MalformedBytesException("format " + format + " is unknown");
    }
    int count = reader.count(max);
    if (count == 0) {
      throw new MalformedBytesException("nothing in it");
    }
    List<T> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      T next = part.apply(reader);
      if (isClosed(family.apply(next))) {
        throw new MalformedBytesException("family " + family.apply(next) + " in a bundle");
      }
      parts.add(next);
    }
    reader.expectEnd();
    return parts;
  }
}
