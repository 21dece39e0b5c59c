package io.raftwood.cache;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/** Queries of family {@link CacheCommand#FAMILY}, format 1. Pure functions; thread-safe. */
public final class CacheQueryCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int GET = 1;
  private static final int EXIST = 2;
  private static final int TIME_LEFT = 3;
  private static final int FIGURES = 4;

  private CacheQueryCodec() {}

  /**
   * Encodes a query.
   *
   * @throws IllegalArgumentException when it breaks {@link CacheLimits}
   */
  public static Bytes encode(CacheQuery query) {
    return query.dispatch(new Encoder(new ByteWriter().u8(FORMAT))).toBytes();
  }

  /**
   * Decodes a query.
   *
   * @throws MalformedBytesException when {@code bytes} are not a query of a known format; nothing
   *     else is ever thrown
   */
  public static CacheQuery decode(Bytes bytes) {
    ByteReader in = new ByteReader(bytes);
    CacheFields.expectFormat(in, FORMAT);
    CacheQuery query = read(in, in.u8());
    in.expectEnd();
    return query;
  }

  private static CacheQuery read(ByteReader in, int tag) {
    switch (tag) {
      case GET:
        return new CacheQuery.Get(CacheFields.readId(in));
      case EXIST:
        return new CacheQuery.Exist(CacheFields.readId(in));
      case TIME_LEFT:
        return new CacheQuery.TimeLeft(CacheFields.readName(in));
      case FIGURES:
        return new CacheQuery.Figures();
      default:
        throw new MalformedBytesException("tag " + tag + " is unknown");
    }
  }

  private record Encoder(ByteWriter out) implements CacheQuery.Handler<ByteWriter> {
    @Override
    public ByteWriter get(CacheQuery.Get query) {
      return CacheFields.writeId(out.u8(GET), query.id());
    }

    @Override
    public ByteWriter exist(CacheQuery.Exist query) {
      return CacheFields.writeId(out.u8(EXIST), query.id());
    }

    @Override
    public ByteWriter timeLeft(CacheQuery.TimeLeft query) {
      return CacheFields.writeName(out.u8(TIME_LEFT), query.key());
    }

    @Override
    public ByteWriter figures(CacheQuery.Figures query) {
      return out.u8(FIGURES);
    }
  }
}
