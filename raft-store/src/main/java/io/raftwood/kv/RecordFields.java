package io.raftwood.kv;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.raft.Slot;

/**
 * The fields that commands, queries and results share, with their bounds. Writing throws {@link
 * IllegalArgumentException}, reading {@link MalformedBytesException} when a bound is broken.
 */
final class RecordFields {
  /** Each kind has the tags from its number times this on. */
  static final int TAGS_PER_KIND = 16;

  private static final int OVERHEAD_BYTES = 40;

  private RecordFields() {}

  /** The kind whose tags {@code tag} is among; {@code tag} is below 64. */
  static RecordKind kindOf(int tag) {
    return RecordKind.of(tag / TAGS_PER_KIND);
  }

  /** The tag of {@code operation} (1..15) for records of {@code kind}. */
  static int tag(RecordKind kind, int operation) {
    return kind.number() * TAGS_PER_KIND + operation;
  }

  /** A writer with room for a record's name and {@code payloadBytes} more. */
  static ByteWriter start(RecordId id, int format, int tag, int payloadBytes) {
    int room = OVERHEAD_BYTES + id.table().length() + id.name().length() + payloadBytes;
    return new ByteWriter(room).u8(format).u8(tag);
  }

  static ByteWriter writeId(ByteWriter writer, RecordId id) {
    int length = id.name().length();
    require(length > 0 && length <= KvLimits.nameBytesMax(id.kind()), "name length");
    require(id.kind().inTable() || id.table().isEmpty(), "a key in a table");
    return (id.kind().inTable() ? writeTable(writer, id.table()) : writer).sized(id.name());
  }

  static RecordId readId(ByteReader reader, RecordKind kind) {
    Bytes table = kind.inTable() ? readTable(reader) : Bytes.EMPTY;
    Bytes name = reader.sized();
    if (name.isEmpty() || name.length() > KvLimits.nameBytesMax(kind)) {
      throw new MalformedBytesException("a name of " + name.length() + " bytes");
    }
    return new RecordId(kind, table, name);
  }

  static ByteWriter writeTableKind(ByteWriter writer, RecordKind kind) {
    require(kind.inTable(), "a table's kind");
    return writer.u8(kind.number());
  }

  static RecordKind readTableKind(ByteReader reader) {
    int number = reader.u8();
    if (number < 1 || number >= RecordKind.values().length) {
      throw new MalformedBytesException("tables of kind " + number + " are unknown");
    }
    return RecordKind.of(number);
  }

  static ByteWriter writeTable(ByteWriter writer, Bytes table) {
    require(isTable(table), "table");
    return writer.sized(table);
  }

  static Bytes readTable(ByteReader reader) {
    Bytes table = reader.sized();
    if (!isTable(table)) {
      throw new MalformedBytesException("a table name of " + table.length() + " bytes or with NUL");
    }
    return table;
  }

  /** NUL ends a table's name in row keys, so it cannot be part of one. */
  private static boolean isTable(Bytes table) {
    for (int i = 0; i < table.length(); i++) {
      if (table.at(i) == 0) {
        return false;
      }
    }
    return !table.isEmpty() && table.length() <= KvLimits.TABLE_BYTES_MAX;
  }

  static ByteWriter writeCondition(ByteWriter writer, long expectedVersion, long ttlSeconds) {
    require(ttlSeconds >= 0, "time to live");
    return writeVersion(writer, expectedVersion).varint(ttlSeconds);
  }

  static ByteWriter writeVersion(ByteWriter writer, long version) {
    require(version >= 0 && version <= KvLimits.VERSION_MAX, "version");
    return writer.u32((int) version);
  }

  static long readVersion(ByteReader reader) {
    return Integer.toUnsignedLong(reader.u32());
  }

  static long readTtl(ByteReader reader) {
    long ttlSeconds = reader.varint();
    if (ttlSeconds < 0) {
      throw new MalformedBytesException("a negative time to live");
    }
    return ttlSeconds;
  }

  static Bytes readValue(ByteReader reader) {
    Bytes value = reader.sized();
    if (value.isEmpty() || value.length() > KvLimits.VALUE_BYTES_MAX) {
      throw new MalformedBytesException("a value of " + value.length() + " bytes");
    }
    return value;
  }

  static ByteWriter writeWindow(ByteWriter writer, long offset, int size) {
    require(offset >= 0 && offset <= KvLimits.OFFSET_MAX, "offset");
    require(size >= 0 && size <= KvLimits.PAGE_RECORDS_MAX, "size");
    return writer.varint(offset).varint(size);
  }

  static long readOffset(ByteReader reader) {
    return reader.count((int) KvLimits.OFFSET_MAX);
  }

  static int readSize(ByteReader reader) {
    return reader.count(KvLimits.PAGE_RECORDS_MAX);
  }

  static ByteWriter writeSlots(ByteWriter writer, SlotRange slots) {
    return writer.u16(slots.from()).u16(slots.to());
  }

  static SlotRange readSlots(ByteReader reader) {
    int from = reader.u16();
    int to = reader.u16();
    if (to < from || to > Slot.COUNT) {
      throw new MalformedBytesException("slots " + from + ".." + to);
    }
    return new SlotRange(from, to);
  }

  static ByteWriter writeFlag(ByteWriter writer, boolean flag) {
    return writer.u8(flag ? 1 : 0);
  }

  static boolean readFlag(ByteReader reader) {
    int flag = reader.u8();
    if (flag > 1) {
      throw new MalformedBytesException(flag + " is neither 0 nor 1");
    }
    return flag == 1;
  }

  /** Refuses what must not be encoded: in the log it would stop every node. */
  static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(what + " is out of bounds");
    }
  }
}
