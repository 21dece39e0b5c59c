package io.raftwood.kv;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;

/**
 * All that is known of a record, as backups, exports and imports carry it; byte by byte in {@code
 * docs/formats.md}.
 *
 * @param id its name
 * @param version 1..{@link KvLimits#VERSION_MAX}
 * @param modRevision its group's revision at the last write, 0 or more
 * @param expiryMillis replicated time from which on it counts as absent; 0 = never
 * @param value of a set's member empty, of a sorted set's member the score: signed, 8 bytes
 */
public record RecordItem(
    RecordId id, long version, long modRevision, long expiryMillis, Bytes value) {
  private static final int FORMAT = 1;
  private static final int FIXED_BYTES = 40;

  /**
   * The item's bytes.
   *
   * @throws IllegalArgumentException when it breaks {@link KvLimits}
   */
  public Bytes encode() {
    RecordFields.require(version >= 1, "version");
    RecordFields.require(modRevision >= 0 && expiryMillis >= 0, "revision or expiry");
    RecordFields.require(fits(id.kind(), value), "value length");
    int room = FIXED_BYTES + id.table().length() + id.name().length() + value.length();
    ByteWriter writer = new ByteWriter(room).u8(FORMAT).u8(id.kind().number());
    RecordFields.writeId(writer, id);
    RecordFields.writeVersion(writer, version).u64(modRevision).u64(expiryMillis);
    return writer.raw(value).toBytes();
  }

  /**
   * Reads an item.
   *
   * @throws MalformedBytesException when it is none within {@link KvLimits}; nothing else
   */
  public static RecordItem decode(Bytes bytes) {
    ByteReader reader = new ByteReader(bytes);
    int format = reader.u8();
    int number = reader.u8();
    if (format != FORMAT || number >= RecordKind.values().length) {
      throw new MalformedBytesException("an item of format " + format + ", kind " + number);
    }
    RecordId id = RecordFields.readId(reader, RecordKind.of(number));
    long version = RecordFields.readVersion(reader);
    long modRevision = reader.u64();
    long expiryMillis = reader.u64();
    Bytes value = reader.rest();
    if (version < 1 || modRevision < 0 || expiryMillis < 0 || !fits(id.kind(), value)) {
      throw new MalformedBytesException("an item out of bounds, value " + value.length());
    }
    return new RecordItem(id, version, modRevision, expiryMillis, value);
  }

  private static boolean fits(RecordKind kind, Bytes value) {
    switch (kind) {
      case SET_MEMBER:
        return value.isEmpty();
      case SORTED_SET_MEMBER:
        return value.length() == Long.BYTES;
      default:
        return !value.isEmpty() && value.length() <= KvLimits.VALUE_BYTES_MAX;
    }
  }
}
