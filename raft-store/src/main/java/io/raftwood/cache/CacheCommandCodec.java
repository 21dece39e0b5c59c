package io.raftwood.cache;

import static io.raftwood.cache.CacheFields.demand;
import static io.raftwood.cache.CacheFields.require;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.CorruptEntryException;

/**
 * Command payloads of family {@link CacheCommand#FAMILY}, format 1, byte by byte in {@code
 * docs/formats.md}. Pure functions; thread-safe. Tags are never reused.
 */
public final class CacheCommandCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int PUT = 1;
  private static final int APPEND = 2;
  private static final int DELETE = 3;
  private static final int EXPIRE = 4;
  private static final int PERSIST = 5;
  private static final int INCREMENT = 6;
  private static final int INCREMENT_DECIMAL = 7;
  private static final int SET_BUDGET = 8;
  private static final int PURGE = 9;
  private static final int EVICT = 10;

  private static final int ROOM = 32;

  private CacheCommandCodec() {}

  /**
   * Encodes a command.
   *
   * @throws IllegalArgumentException when it breaks {@link CacheLimits}
   */
  public static Bytes encode(CacheCommand command) {
    return command.dispatch(new Encoder()).toBytes();
  }

  /**
   * Decodes a command out of the log.
   *
   * @throws CorruptEntryException when {@code bytes} are not a command of a known format within
   *     {@link CacheLimits}; nothing else is ever thrown
   */
  public static CacheCommand decode(Bytes bytes) {
    try {
      ByteReader in = new ByteReader(bytes);
      CacheFields.expectFormat(in, FORMAT);
      CacheCommand command = read(in, in.u8());
      in.expectEnd();
      return command;
    } catch (MalformedBytesException e) {
      throw new CorruptEntryException("cache command: " + e.getMessage(), e);
    }
  }

  private static CacheCommand read(ByteReader in, int tag) {
    switch (tag) {
      case PUT:
        return readPut(in);
      case APPEND:
        return new CacheCommand.Append(CacheFields.readName(in), CacheFields.readValue(in));
      case DELETE:
        return new CacheCommand.Delete(CacheFields.readId(in));
      case EXPIRE:
        return new CacheCommand.Expire(CacheFields.readName(in), CacheFields.readTtl(in, 1));
      case PERSIST:
        return new CacheCommand.Persist(CacheFields.readName(in));
      case INCREMENT:
        return new CacheCommand.Increment(CacheFields.readField(in), in.u64());
      case INCREMENT_DECIMAL:
        return readDecimal(in);
      default:
        return readOwn(in, tag);
    }
  }

  /** What leaders propose by themselves. */
  private static CacheCommand readOwn(ByteReader in, int tag) {
    switch (tag) {
      case SET_BUDGET:
        return new CacheCommand.SetBudget(CacheFields.readCounter(in));
      case PURGE:
        int limit = in.count(CacheLimits.PURGE_RECORDS_MAX);
        demand(limit > 0, "purge limit");
        return new CacheCommand.Purge(limit);
      case EVICT:
        return new CacheCommand.Evict(CacheFields.readPlaces(in), CacheFields.readPlaces(in));
      default:
        throw new MalformedBytesException("tag " + tag + " is unknown");
    }
  }

  private static CacheCommand readPut(ByteReader in) {
    long ttlSeconds = CacheFields.readTtl(in, 0);
    CacheId id = CacheFields.readId(in);
    demand(!id.inTable() || ttlSeconds == 0, "time to live of a field");
    return new CacheCommand.Put(id, CacheFields.readValue(in), ttlSeconds);
  }

  private static CacheCommand readDecimal(ByteReader in) {
    CacheId id = CacheFields.readField(in);
    Bytes delta = in.sized();
    demand(CacheNumbers.decimal(delta).isPresent(), "decimal number");
    return new CacheCommand.IncrementDecimal(id, delta);
  }

  /** Writes format, tag, fields. */
  private static final class Encoder implements CacheCommand.Handler<ByteWriter> {
    @Override
    public ByteWriter put(CacheCommand.Put command) {
      CacheId id = command.id();
      require(!id.inTable() || command.ttlSeconds() == 0, "time to live of a field");
      int room = id.table().length() + id.key().length() + command.value().length();
      ByteWriter out = CacheFields.writeTtl(start(PUT, room), command.ttlSeconds(), 0);
      return CacheFields.writeValue(CacheFields.writeId(out, id), command.value());
    }

    @Override
    public ByteWriter append(CacheCommand.Append command) {
      ByteWriter out = start(APPEND, command.key().length() + command.value().length());
      return CacheFields.writeValue(CacheFields.writeName(out, command.key()), command.value());
    }

    @Override
    public ByteWriter delete(CacheCommand.Delete command) {
      return CacheFields.writeId(start(DELETE, 0), command.id());
    }

    @Override
    public ByteWriter expire(CacheCommand.Expire command) {
      ByteWriter out = CacheFields.writeName(start(EXPIRE, 0), command.key());
      return CacheFields.writeTtl(out, command.ttlSeconds(), 1);
    }

    @Override
    public ByteWriter persist(CacheCommand.Persist command) {
      return CacheFields.writeName(start(PERSIST, 0), command.key());
    }

    @Override
    public ByteWriter increment(CacheCommand.Increment command) {
      return CacheFields.writeField(start(INCREMENT, 0), command.id()).u64(command.delta());
    }

    @Override
    public ByteWriter incrementDecimal(CacheCommand.IncrementDecimal command) {
      require(CacheNumbers.decimal(command.delta()).isPresent(), "decimal number");
      return CacheFields.writeField(start(INCREMENT_DECIMAL, 0), command.id())
          .sized(command.delta());
    }

    @Override
    public ByteWriter setBudget(CacheCommand.SetBudget command) {
      require(command.bytes() >= 0, "budget");
      return start(SET_BUDGET, 0).varint(command.bytes());
    }

    @Override
    public ByteWriter purge(CacheCommand.Purge command) {
      int limit = command.limit();
      require(limit >= 1 && limit <= CacheLimits.PURGE_RECORDS_MAX, "purge limit");
      return start(PURGE, 0).varint(limit);
    }

    @Override
    public ByteWriter evict(CacheCommand.Evict command) {
      ByteWriter out = CacheFields.writePlaces(start(EVICT, 0), command.removed());
      return CacheFields.writePlaces(out, command.kept());
    }

    private static ByteWriter start(int tag, int payloadBytes) {
      return new ByteWriter(ROOM + payloadBytes).u8(FORMAT).u8(tag);
    }
  }
}
