package io.raftwood.cache;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.util.ArrayList;
import java.util.List;

/**
 * The fields that the cache's formats share, with their bounds. Writing throws {@link
 * IllegalArgumentException}, reading {@link MalformedBytesException} when a bound is broken.
 */
final class CacheFields {
  private CacheFields() {}

  static ByteWriter writeId(ByteWriter out, CacheId id) {
    require(id.table().length() <= CacheLimits.NAME_BYTES_MAX, "table name length");
    return writeName(out.sized(id.table()), id.key());
  }

  static CacheId readId(ByteReader in) {
    Bytes table = in.sized();
    demand(table.length() <= CacheLimits.NAME_BYTES_MAX, "table name length");
    return new CacheId(table, readName(in));
  }

  /** A field of a hash. */
  static ByteWriter writeField(ByteWriter out, CacheId id) {
    require(id.inTable(), "a plain key");
    return writeId(out, id);
  }

  static CacheId readField(ByteReader in) {
    CacheId id = readId(in);
    demand(id.inTable(), "a plain key");
    return id;
  }

  static ByteWriter writeName(ByteWriter out, Bytes name) {
    require(!name.isEmpty() && name.length() <= CacheLimits.NAME_BYTES_MAX, "name length");
    return out.sized(name);
  }

  static Bytes readName(ByteReader in) {
    Bytes name = in.sized();
    demand(!name.isEmpty() && name.length() <= CacheLimits.NAME_BYTES_MAX, "name length");
    return name;
  }

  static ByteWriter writeValue(ByteWriter out, Bytes value) {
    require(!value.isEmpty() && value.length() <= CacheLimits.VALUE_BYTES_MAX, "value length");
    return out.sized(value);
  }

  static Bytes readValue(ByteReader in) {
    Bytes value = in.sized();
    demand(!value.isEmpty() && value.length() <= CacheLimits.VALUE_BYTES_MAX, "value length");
    return value;
  }

  static ByteWriter writeTtl(ByteWriter out, long seconds, long least) {
    require(seconds >= least && seconds <= CacheLimits.TTL_SECONDS_MAX, "time to live");
    return out.varint(seconds);
  }

  static long readTtl(ByteReader in, long least) {
    long seconds = in.varint();
    demand(seconds >= least && seconds <= CacheLimits.TTL_SECONDS_MAX, "time to live");
    return seconds;
  }

  static ByteWriter writePlaces(ByteWriter out, List<CachePlace> places) {
    require(places.size() <= CacheLimits.EVICT_RECORDS_MAX, "number of places");
    out.varint(places.size());
    places.forEach(place -> out.u64(place.revision()).u16(place.part()));
    return out;
  }

  static List<CachePlace> readPlaces(ByteReader in) {
    int count = in.count(CacheLimits.EVICT_RECORDS_MAX);
    List<CachePlace> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(new CachePlace(in.u64(), in.u16()));
    }
    return places;
  }

  /** A number that is not negative. */
  static long readCounter(ByteReader in) {
    long counter = in.varint();
    demand(counter >= 0, "counter");
    return counter;
  }

  static void expectFormat(ByteReader in, int format) {
    int found = in.u8();
    if (found != format) {
      throw new MalformedBytesException("format " + found + " is unknown");
    }
  }

  /** Refuses what must not be encoded: in the log it would stop every node. */
  static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(what + " is out of bounds");
    }
  }

  static void demand(boolean condition, String what) {
    if (!condition) {
      throw new MalformedBytesException(what + " is out of bounds");
    }
  }
}
