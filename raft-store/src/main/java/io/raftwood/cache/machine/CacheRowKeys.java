package io.raftwood.cache.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CachePlace;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;

/** The keys of the cache's rows ({@code docs/formats.md}). Pure functions. */
final class CacheRowKeys {
  static final Bytes FIGURES = Bytes.of(Keyspace.CACHE.tag(), 0);

  private static final int NAME = 1;
  private static final int FIELD = 2;
  private static final int EXPIRY = 3;
  private static final int ORDER = 4;
  private static final int DOOMED = 5;
  private static final int PREFIX_BYTES = 2;
  private static final int NUMBER_BYTES = 8;

  private CacheRowKeys() {}

  /** A plain key, or a hash. */
  static Bytes name(Bytes name) {
    return start(NAME, name.length()).raw(name).toBytes();
  }

  /** A field of the hash of {@code generation}. */
  static Bytes field(long generation, Bytes field) {
    return start(FIELD, NUMBER_BYTES + field.length()).u64(generation).raw(field).toBytes();
  }

  static KeyRange fields(long generation) {
    return KeyRange.prefix(start(FIELD, NUMBER_BYTES).u64(generation).toBytes());
  }

  /** The field's name in its row's key. */
  static Bytes fieldOf(Bytes key) {
    return key.slice(PREFIX_BYTES + NUMBER_BYTES);
  }

  static Bytes expiry(long millis, Bytes name) {
    return start(EXPIRY, NUMBER_BYTES + name.length()).u64(millis).raw(name).toBytes();
  }

  static KeyRange expiries() {
    return all(EXPIRY);
  }

  static long expiryMillis(Bytes key) {
    return new ByteReader(key.slice(PREFIX_BYTES)).u64();
  }

  /** The name in a row of the expiry index. */
  static Bytes expiringName(Bytes key) {
    return key.slice(PREFIX_BYTES + NUMBER_BYTES);
  }

  static Bytes order(CachePlace place) {
    return start(ORDER, NUMBER_BYTES + 2).u64(place.revision()).u16(place.part()).toBytes();
  }

  /** The order of writes from {@code revision} on. */
  static KeyRange ordersFrom(long revision) {
    return new KeyRange(start(ORDER, NUMBER_BYTES).u64(revision).toBytes(), all(ORDER).to());
  }

  static CachePlace place(Bytes key) {
    ByteReader in = new ByteReader(key.slice(PREFIX_BYTES));
    return new CachePlace(in.u64(), in.u16());
  }

  /** A removed hash whose fields are still there. */
  static Bytes doomed(long generation) {
    return start(DOOMED, NUMBER_BYTES).u64(generation).toBytes();
  }

  static KeyRange doomed() {
    return all(DOOMED);
  }

  static long doomedGeneration(Bytes key) {
    return new ByteReader(key.slice(PREFIX_BYTES)).u64();
  }

  private static KeyRange all(int kind) {
    return KeyRange.prefix(Bytes.of(Keyspace.CACHE.tag(), kind));
  }

  private static ByteWriter start(int kind, int payloadBytes) {
    return new ByteWriter(PREFIX_BYTES + payloadBytes).u8(Keyspace.CACHE.tag()).u8(kind);
  }
}
