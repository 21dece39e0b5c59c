package io.raftwood.cache;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/**
 * Results of family {@link CacheCommand#FAMILY}, format 1. Those of commands are part of the
 * replicated state (by idempotency key). Pure functions; thread-safe.
 */
public final class CacheResultCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int DONE = 1;
  private static final int ABSENT = 2;
  private static final int WRONG_KIND = 3;
  private static final int NOT_A_NUMBER = 4;
  private static final int OUT_OF_RANGE = 5;
  private static final int NO_EXPIRY = 6;
  private static final int TOO_LARGE = 7;
  private static final int FOUND = 8;
  private static final int TIME_LEFT = 9;
  private static final int NUMBER = 10;
  private static final int REMOVED = 11;
  private static final int FIGURES = 12;

  private static final long NEVER = -1;

  private CacheResultCodec() {}

  /** Encodes a result. */
  public static Bytes encode(CacheResult result) {
    return result.dispatch(new Encoder()).toBytes();
  }

  /**
   * Decodes a result.
   *
   * @throws MalformedBytesException when {@code bytes} are not a result of a known format; nothing
   *     else is ever thrown
   */
  public static CacheResult decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    CacheFields.expectFormat(in, FORMAT);
    CacheResult result = read(in, in.u8());
    in.expectEnd();
    return result;
  }

  private static CacheResult read(ByteReader in, int tag) {
    switch (tag) {
      case DONE:
        return new CacheResult.Done();
      case ABSENT:
        return new CacheResult.Absent();
      case WRONG_KIND:
        return new CacheResult.WrongKind();
      case NOT_A_NUMBER:
        return new CacheResult.NotANumber();
      case OUT_OF_RANGE:
        return new CacheResult.OutOfRange();
      case NO_EXPIRY:
        return new CacheResult.NoExpiry();
      case TOO_LARGE:
        return new CacheResult.TooLarge();
      default:
        return readLong(in, tag);
    }
  }

  private static CacheResult readLong(ByteReader in, int tag) {
    switch (tag) {
      case FOUND:
        return new CacheResult.Found(in.sized());
      case TIME_LEFT:
        return new CacheResult.TimeLeft(CacheFields.readCounter(in) + NEVER);
      case NUMBER:
        return new CacheResult.Number(in.sized());
      case REMOVED:
        return new CacheResult.Removed(in.count(Integer.MAX_VALUE));
      case FIGURES:
        return new CacheResult.Figures(
            CacheFields.readCounter(in),
            CacheFields.readCounter(in),
            CacheFields.readCounter(in),
            CacheFields.readCounter(in),
            CacheFields.readCounter(in));
      default:
        throw new MalformedBytesException("tag " + tag + " is unknown");
    }
  }

  /** Writes format, tag, fields. */
  private static final class Encoder implements CacheResult.Handler<ByteWriter> {
    private static ByteWriter start(int tag, int payloadBytes) {
      return new ByteWriter(8 + payloadBytes).u8(FORMAT).u8(tag);
    }

    private static ByteWriter bare(int tag) {
      return start(tag, 0);
    }

    @Override
    public ByteWriter done(CacheResult.Done result) {
      return bare(DONE);
    }

    @Override
    public ByteWriter absent(CacheResult.Absent result) {
      return bare(ABSENT);
    }

    @Override
    public ByteWriter wrongKind(CacheResult.WrongKind result) {
      return bare(WRONG_KIND);
    }

    @Override
    public ByteWriter notANumber(CacheResult.NotANumber result) {
      return bare(NOT_A_NUMBER);
    }

    @Override
    public ByteWriter outOfRange(CacheResult.OutOfRange result) {
      return bare(OUT_OF_RANGE);
    }

    @Override
    public ByteWriter noExpiry(CacheResult.NoExpiry result) {
      return bare(NO_EXPIRY);
    }

    @Override
    public ByteWriter tooLarge(CacheResult.TooLarge result) {
      return bare(TOO_LARGE);
    }

    @Override
    public ByteWriter found(CacheResult.Found result) {
      return start(FOUND, result.value().length()).sized(result.value());
    }

    /** Shifted by one, so that "never" is a number that is not negative. */
    @Override
    public ByteWriter timeLeft(CacheResult.TimeLeft result) {
      return bare(TIME_LEFT).varint(Math.max(NEVER, result.seconds()) - NEVER);
    }

    @Override
    public ByteWriter number(CacheResult.Number result) {
      return bare(NUMBER).sized(result.text());
    }

    @Override
    public ByteWriter removed(CacheResult.Removed result) {
      return bare(REMOVED).varint(result.records());
    }

    @Override
    public ByteWriter figures(CacheResult.Figures result) {
      return bare(FIGURES)
          .varint(result.budget())
          .varint(result.bytes())
          .varint(result.records())
          .varint(result.evicted())
          .varint(result.expired());
    }
  }
}
