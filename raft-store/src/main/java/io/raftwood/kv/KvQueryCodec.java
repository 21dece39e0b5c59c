package io.raftwood.kv;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/**
 * Query payloads of family {@link KvMachine#FAMILY}, format 1, byte by byte in {@code
 * docs/formats.md}. Pure functions; thread-safe.
 *
 * <p>Tags are never reused: 1 get, 2 exist; 16..31 are kept for hashes, 32..47 for sets, 48..63 for
 * sorted sets.
 */
public final class KvQueryCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int GET = 1;
  private static final int EXIST = 2;

  private static final KvQuery.Handler<Bytes> ENCODER = new Encoder();

  private KvQueryCodec() {}

  /**
   * Encodes a query.
   *
   * @throws IllegalArgumentException when its key breaks {@link KvLimits}
   */
  public static Bytes encode(KvQuery query) {
    return query.dispatch(ENCODER);
  }

  /**
   * Decodes a query.
   *
   * @throws MalformedBytesException when {@code bytes} are not a query of a known format; nothing
   *     else is ever thrown
   */
  public static KvQuery decode(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    int tag = reader.u8();
    if (format != FORMAT || tag < GET || tag > EXIST) {
      throw new MalformedBytesException(
          "kv query of format " + format + ", tag " + tag + " is unknown");
    }
    Bytes key = KvCommandCodec.readKey(reader);
    reader.expectEnd();
    return tag == GET ? new KvQuery.Get(key) : new KvQuery.Exist(key);
  }

  private static final class Encoder implements KvQuery.Handler<Bytes> {
    @Override
    public Bytes get(KvQuery.Get query) {
      return encode(GET, query.key());
    }

    @Override
    public Bytes exist(KvQuery.Exist query) {
      return encode(EXIST, query.key());
    }

    private static Bytes encode(int tag, Bytes key) {
      KvCommandCodec.requireKey(key);
      return new ByteWriter(5 + key.length()).u8(FORMAT).u8(tag).sized(key).toBytes();
    }
  }
}
