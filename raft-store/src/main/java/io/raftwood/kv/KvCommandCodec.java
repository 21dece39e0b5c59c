package io.raftwood.kv;

import static io.raftwood.kv.RecordFields.require;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.raft.CorruptEntryException;

/**
 * Command payloads of family {@link KvCommand#FAMILY}, format 1, byte by byte in {@code
 * docs/formats.md}. Pure functions; thread-safe.
 *
 * <p>Tags are never reused. 16 for each kind of record: 1 write, 2 delete, 3 increment; among those
 * of keys 3 is the purge of expired records.
 */
public final class KvCommandCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int WRITE = 1;
  private static final int DELETE = 2;
  private static final int INCREMENT = 3;
  private static final int PURGE_EXPIRED = 3;
  private static final int TAGS = RecordKind.values().length * RecordFields.TAGS_PER_KIND;

  private static final ScoreChange[] SCORE_CHANGES = ScoreChange.values();
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

  /** Whether {@code bytes} are a command that only removes, as far as its tag says. */
  public static boolean removes(Bytes bytes) {
    if (bytes.length() < 2 || bytes.at(0) != FORMAT) {
      return false;
    }
    int tag = bytes.at(1);
    return tag == PURGE_EXPIRED || tag < TAGS && tag % RecordFields.TAGS_PER_KIND == DELETE;
  }

  private static KvCommand read(ByteReader reader, int tag) {
    if (tag == PURGE_EXPIRED) {
      return readPurge(reader);
    }
    if (tag < TAGS) {
      RecordKind kind = RecordFields.kindOf(tag);
      switch (tag % RecordFields.TAGS_PER_KIND) {
        case WRITE:
          return readWrite(reader, kind);
        case DELETE:
          long expected = RecordFields.readVersion(reader);
          return new KvCommand.Delete(RecordFields.readId(reader, kind), expected);
        case INCREMENT:
          if (kind == RecordKind.HASH_FIELD) {
            return readIncrement(reader);
          }
          break;
        default:
          break;
      }
    }
    throw new MalformedBytesException("tag " + tag + " is unknown");
  }

  private static KvCommand readWrite(ByteReader reader, RecordKind kind) {
    long expected = RecordFields.readVersion(reader);
    long ttlSeconds = RecordFields.readTtl(reader);
    switch (kind) {
      case SORTED_SET_MEMBER:
        int change = reader.u8();
        if (change >= SCORE_CHANGES.length) {
          throw new MalformedBytesException("score change " + change + " is unknown");
        }
        long score = reader.u64();
        RecordId scored = RecordFields.readId(reader, kind);
        return new KvCommand.SetScore(scored, SCORE_CHANGES[change], score, ttlSeconds, expected);
      case SET_MEMBER:
        return new KvCommand.Put(
            RecordFields.readId(reader, kind), Bytes.EMPTY, ttlSeconds, expected);
      default:
        RecordId id = RecordFields.readId(reader, kind);
        return new KvCommand.Put(id, RecordFields.readValue(reader), ttlSeconds, expected);
    }
  }

  private static KvCommand readIncrement(ByteReader reader) {
    long expected = RecordFields.readVersion(reader);
    long ttlSeconds = RecordFields.readTtl(reader);
    long delta = reader.u64();
    RecordId id = RecordFields.readId(reader, RecordKind.HASH_FIELD);
    return new KvCommand.Increment(id, delta, ttlSeconds, expected);
  }

  private static KvCommand readPurge(ByteReader reader) {
    int limit = reader.count(KvLimits.PURGE_RECORDS_MAX);
    if (limit == 0) {
      throw new MalformedBytesException("a purge of no records");
    }
    return new KvCommand.PurgeExpired(limit);
  }

  private static final class Encoder implements KvCommand.Handler<Bytes> {
    @Override
    public Bytes put(KvCommand.Put command) {
      RecordId id = command.id();
      Bytes value = command.value();
      ByteWriter writer = start(id, WRITE, value.length());
      RecordFields.writeCondition(writer, command.expectedVersion(), command.ttlSeconds());
      RecordFields.writeId(writer, id);
      if (id.kind() == RecordKind.SET_MEMBER) {
        require(value.isEmpty(), "a set member's value");
        return writer.toBytes();
      }
      require(id.kind() != RecordKind.SORTED_SET_MEMBER, "a value in a sorted set");
      require(!value.isEmpty() && value.length() <= KvLimits.VALUE_BYTES_MAX, "value length");
      return writer.sized(value).toBytes();
    }

    @Override
    public Bytes setScore(KvCommand.SetScore command) {
      require(command.id().kind() == RecordKind.SORTED_SET_MEMBER, "a score of this kind");
      ByteWriter writer = start(command.id(), WRITE, 0);
      RecordFields.writeCondition(writer, command.expectedVersion(), command.ttlSeconds());
      writer.u8(command.change().ordinal()).u64(command.score());
      return RecordFields.writeId(writer, command.id()).toBytes();
    }

    @Override
    public Bytes increment(KvCommand.Increment command) {
      require(command.id().kind() == RecordKind.HASH_FIELD, "an increment of this kind");
      ByteWriter writer = start(command.id(), INCREMENT, 0);
      RecordFields.writeCondition(writer, command.expectedVersion(), command.ttlSeconds());
      return RecordFields.writeId(writer.u64(command.delta()), command.id()).toBytes();
    }

    @Override
    public Bytes delete(KvCommand.Delete command) {
      ByteWriter writer = start(command.id(), DELETE, 0);
      RecordFields.writeVersion(writer, command.expectedVersion());
      return RecordFields.writeId(writer, command.id()).toBytes();
    }

    @Override
    public Bytes purgeExpired(KvCommand.PurgeExpired command) {
      int limit = command.limit();
      require(limit >= 1 && limit <= KvLimits.PURGE_RECORDS_MAX, "purge limit");
      return new ByteWriter(6).u8(FORMAT).u8(PURGE_EXPIRED).varint(limit).toBytes();
    }

    private static ByteWriter start(RecordId id, int operation, int payloadBytes) {
      int tag = RecordFields.tag(id.kind(), operation);
      return RecordFields.start(id, FORMAT, tag, payloadBytes);
    }
  }
}
