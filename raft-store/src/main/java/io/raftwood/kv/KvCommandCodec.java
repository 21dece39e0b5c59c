package io.raftwood.kv;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.CorruptEntryException;

/**
 * Command payloads of family {@link KvMachine#FAMILY}, format 1, byte by byte in {@code
 * docs/formats.md}. Pure functions; thread-safe.
 *
 * <p>Tags are never reused: 1 put, 2 delete, 3 purge of expired records; 16..31 are kept for
 * hashes, 32..47 for sets, 48..63 for sorted sets.
 */
public final class KvCommandCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int PUT = 1;
  private static final int DELETE = 2;
  private static final int PURGE_EXPIRED = 3;

  private static final int PUT_OVERHEAD_BYTES = 2 + 4 + 5 + 3 + 4;
  private static final KvCommand.Handler<Bytes> ENCODER = new Encoder();

  private KvCommandCodec() {}

  /**
   * Encodes a command.
   *
   * @throws IllegalArgumentException when it breaks {@link KvLimits}: it must not enter the log,
   *     where it would stop every node
   */
  public static Bytes encode(KvCommand command) {
    return command.dispatch(ENCODER);
  }

  /**
   * Decodes a command out of the log.
   *
   * @throws CorruptEntryException when {@code bytes} are not a command of a known format within
   *     {@link KvLimits}; nothing else is ever thrown
   */
  public static KvCommand decode(Bytes bytes) {
    try {
      ByteReader reader = new ByteReader(bytes);
      int format = reader.u8();
      if (format != FORMAT) {
        throw new MalformedBytesException("format " + format + " is unknown");
      }
      KvCommand command = read(reader, reader.u8());
      reader.expectEnd();
      return command;
    } catch (MalformedBytesException e) {
      throw new CorruptEntryException("kv command: " + e.getMessage(), e);
    }
  }

  private static KvCommand read(ByteReader reader, int tag) {
    switch (tag) {
      case PUT:
        return readPut(reader);
      case DELETE:
        long expected = Integer.toUnsignedLong(reader.u32());
        return new KvCommand.Delete(readKey(reader), expected);
      case PURGE_EXPIRED:
        int limit = reader.count(KvLimits.PURGE_RECORDS_MAX);
        if (limit == 0) {
          throw new MalformedBytesException("a purge of no records");
        }
        return new KvCommand.PurgeExpired(limit);
      default:
        throw new MalformedBytesException("tag " + tag + " is unknown");
    }
  }

  private static KvCommand readPut(ByteReader reader) {
    long expected = Integer.toUnsignedLong(reader.u32());
    long ttlSeconds = reader.varint();
    if (ttlSeconds < 0) {
      throw new MalformedBytesException("a negative time to live");
    }
    Bytes key = readKey(reader);
    Bytes value = reader.sized();
    if (value.isEmpty() || value.length() > KvLimits.VALUE_BYTES_MAX) {
      throw new MalformedBytesException("a value of " + value.length() + " bytes");
    }
    return new KvCommand.Put(key, value, ttlSeconds, expected);
  }

  /** Reads a key that a command or query names. */
  static Bytes readKey(ByteReader reader) {
    Bytes key = reader.sized();
    if (key.isEmpty() || key.length() > KvLimits.KEY_BYTES_MAX) {
      throw new MalformedBytesException("a key of " + key.length() + " bytes");
    }
    return key;
  }

  /** Refuses a key that {@link #readKey} would refuse. */
  static void requireKey(Bytes key) {
    require(!key.isEmpty() && key.length() <= KvLimits.KEY_BYTES_MAX, "key length");
  }

  private static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(what + " is out of bounds");
    }
  }

  private static final class Encoder implements KvCommand.Handler<Bytes> {
    @Override
    public Bytes put(KvCommand.Put command) {
      requireKey(command.key());
      Bytes value = command.value();
      require(!value.isEmpty() && value.length() <= KvLimits.VALUE_BYTES_MAX, "value length");
      require(command.ttlSeconds() >= 0, "time to live");
      return start(PUT_OVERHEAD_BYTES + command.key().length() + value.length(), PUT)
          .u32(version(command.expectedVersion()))
          .varint(command.ttlSeconds())
          .sized(command.key())
          .sized(value)
          .toBytes();
    }

    @Override
    public Bytes delete(KvCommand.Delete command) {
      requireKey(command.key());
      return start(PUT_OVERHEAD_BYTES + command.key().length(), DELETE)
          .u32(version(command.expectedVersion()))
          .sized(command.key())
          .toBytes();
    }

    @Override
    public Bytes purgeExpired(KvCommand.PurgeExpired command) {
      int limit = command.limit();
      require(limit >= 1 && limit <= KvLimits.PURGE_RECORDS_MAX, "purge limit");
      return start(4, PURGE_EXPIRED).varint(limit).toBytes();
    }

    private static ByteWriter start(int capacity, int tag) {
      return new ByteWriter(capacity).u8(FORMAT).u8(tag);
    }

    private static int version(long expected) {
      require(expected >= 0 && expected <= KvLimits.VERSION_MAX, "expected version");
      return (int) expected;
    }
  }
}
