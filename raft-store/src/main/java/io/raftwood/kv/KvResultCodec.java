package io.raftwood.kv;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/**
 * Results of family {@link KvMachine#FAMILY}, format 1, byte by byte in {@code docs/formats.md}.
 * Pure functions; thread-safe.
 *
 * <p>Results of commands are part of the replicated state (by idempotency key), so their bytes may
 * not change within a format. Tags are never reused: 1 stored, 2 deleted, 3 absent, 4 version
 * mismatch, 5 found, 6 exists, 7 purged; 16 and above are free.
 */
public final class KvResultCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int STORED = 1;
  private static final int DELETED = 2;
  private static final int ABSENT = 3;
  private static final int VERSION_MISMATCH = 4;
  private static final int FOUND = 5;
  private static final int EXISTS = 6;
  private static final int PURGED = 7;

  private KvResultCodec() {}

  /** Encodes a result. */
  public static Bytes encode(KvResult result) {
    if (result instanceof KvResult.Found found) {
      return start(19 + found.value().length(), FOUND)
          .u32((int) found.version())
          .u64(found.modRevision())
          .sized(found.value())
          .toBytes();
    }
    if (result instanceof KvResult.Exists exists) {
      return start(14, EXISTS).u32((int) exists.version()).u64(exists.modRevision()).toBytes();
    }
    if (result instanceof KvResult.Purged purged) {
      return start(8, PURGED).varint(purged.removed()).u8(purged.more() ? 1 : 0).toBytes();
    }
    return encodeOutcome(result);
  }

  private static Bytes encodeOutcome(KvResult result) {
    if (result instanceof KvResult.Stored stored) {
      return start(6, STORED).u32((int) stored.version()).toBytes();
    }
    if (result instanceof KvResult.Deleted deleted) {
      return start(6, DELETED).u32((int) deleted.version()).toBytes();
    }
    if (result instanceof KvResult.VersionMismatch mismatch) {
      return start(6, VERSION_MISMATCH).u32((int) mismatch.current()).toBytes();
    }
    if (result instanceof KvResult.Absent) {
      return start(2, ABSENT).toBytes();
    }
    throw new IllegalArgumentException("no tag for " + result.getClass().getSimpleName());
  }

  /**
   * Decodes a result.
   *
   * @throws MalformedBytesException when {@code bytes} are not a result of a known format; nothing
   *     else is ever thrown
   */
  public static KvResult decode(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    if (format != FORMAT) {
      throw new MalformedBytesException("kv result of format " + format + " is unknown");
    }
    KvResult result = read(reader, reader.u8());
    reader.expectEnd();
    return result;
  }

  private static KvResult read(ByteReader reader, int tag) {
    switch (tag) {
      case STORED:
        return new KvResult.Stored(version(reader));
      case DELETED:
        return new KvResult.Deleted(version(reader));
      case ABSENT:
        return new KvResult.Absent();
      case VERSION_MISMATCH:
        return new KvResult.VersionMismatch(version(reader));
      case FOUND:
        return new KvResult.Found(version(reader), reader.u64(), reader.sized());
      case EXISTS:
        return new KvResult.Exists(version(reader), reader.u64());
      case PURGED:
        return readPurged(reader);
      default:
        throw new MalformedBytesException("kv result of tag " + tag + " is unknown");
    }
  }

  private static KvResult readPurged(ByteReader reader) {
    int removed = reader.count(KvLimits.PURGE_RECORDS_MAX);
    int more = reader.u8();
    if (more > 1) {
      throw new MalformedBytesException("kv result: " + more + " is neither 0 nor 1");
    }
    return new KvResult.Purged(removed, more == 1);
  }

  private static long version(ByteReader reader) {
    return Integer.toUnsignedLong(reader.u32());
  }

  private static ByteWriter start(int capacity, int tag) {
    return new ByteWriter(capacity).u8(FORMAT).u8(tag);
  }
}
