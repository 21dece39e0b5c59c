package io.raftwood.kv;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.Slot;
import java.util.zip.CRC32C;

/**
 * Where a scan goes on: behind a place in the group that owns a slot. Clients keep it as bytes that
 * mean nothing to them; it holds the last record's place, so it is about as long as its name.
 *
 * @param slot of the group to go on in, 0..1023
 * @param place the last record looked at there ({@link KvResult.Page#last}); empty = none
 */
public record ScanCursor(int slot, Bytes place) {
  private static final int FORMAT = 1;
  private static final int PLACE_BYTES_MAX =
      KvLimits.MEMBER_BYTES_MAX + KvLimits.TABLE_BYTES_MAX + 16;

  /** The beginning. */
  static final ScanCursor START = new ScanCursor(0, Bytes.EMPTY);

  /** As bytes, bound to the table and prefix of its scan. */
  public Bytes encode(Bytes table, Bytes prefix) {
    Bytes body = new ByteWriter(8 + place.length()).u8(FORMAT).u16(slot).raw(place).toBytes();
    return new ByteWriter(4 + body.length()).u32(checksum(body, table, prefix)).raw(body).toBytes();
  }

  /**
   * Reads a cursor.
   *
   * @throws MalformedBytesException when it was not made for this table and prefix; nothing else
   */
  public static ScanCursor decode(Bytes bytes, Bytes table, Bytes prefix) {
    ByteReader reader = new ByteReader(bytes);
    int checksum = reader.u32();
    Bytes body = reader.rest();
    ByteReader fields = new ByteReader(body);
    int format = fields.u8();
    int slot = fields.u16();
    Bytes place = fields.rest();
    if (format != FORMAT || slot >= Slot.COUNT || place.length() > PLACE_BYTES_MAX) {
      throw new MalformedBytesException("a cursor of format " + format + ", slot " + slot);
    }
    if (checksum != checksum(body, table, prefix)) {
      throw new MalformedBytesException("a cursor of another scan");
    }
    return new ScanCursor(slot, place);
  }

  private static int checksum(Bytes body, Bytes table, Bytes prefix) {
    CRC32C crc = new CRC32C();
    crc.update(body.unsafeArray());
    crc.update(new ByteWriter().sized(table).toBytes().unsafeArray());
    crc.update(prefix.unsafeArray());
    return (int) crc.getValue();
  }
}
