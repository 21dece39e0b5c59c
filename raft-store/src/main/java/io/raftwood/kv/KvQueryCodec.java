package io.raftwood.kv;

import static io.raftwood.kv.RecordFields.require;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import java.util.Optional;

/**
 * Query payloads of family {@link KvCommand#FAMILY}, format 1, byte by byte in {@code
 * docs/formats.md}. Pure functions; thread-safe.
 *
 * <p>Tags are never reused. 16 for each kind of record: 1 get, 2 exist, 5 observe; sorted sets also
 * 3 range by rank, 4 range by score. From 64 on: 64 list records, 65 list table, 66 scan, 67 count
 * all, 68 count table, 69 count tables.
 */
public final class KvQueryCodec {
  /** The format that is written, and the only one that is read. */
  public static final int FORMAT = 1;

  private static final int GET = 1;
  private static final int EXIST = 2;
  private static final int OBSERVE = 5;
  private static final int RANGE_BY_RANK = 51;
  private static final int RANGE_BY_SCORE = 52;
  private static final int LIST_RECORDS = 64;
  private static final int LIST_TABLE = 65;
  private static final int SCAN = 66;
  private static final int COUNT_ALL = 67;
  private static final int COUNT_TABLE = 68;
  private static final int COUNT_TABLES = 69;
  private static final int OVERHEAD_BYTES = 40;

  private static final KvQuery.Handler<Bytes> ENCODER = new Encoder();

  private KvQueryCodec() {}

  /**
   * Encodes a query.
   *
   * @throws IllegalArgumentException when it breaks {@link KvLimits}
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
    if (format != FORMAT) {
      throw new MalformedBytesException("kv query of format " + format + " is unknown");
    }
    int tag = reader.u8();
    KvQuery query = tag < LIST_RECORDS ? readOfKind(reader, tag) : readOfGroup(reader, tag);
    reader.expectEnd();
    return query;
  }

  /** Whether {@code bytes} are a query for one record; never throws. */
  public static boolean isOfOneRecord(Bytes bytes) {
    int tag = bytes.length() < 2 ? RANGE_BY_RANK : bytes.at(1);
    return tag < LIST_RECORDS && tag % RecordFields.TAGS_PER_KIND <= EXIST;
  }

  /**
   * Whether {@code bytes} are a query whose answer takes as long as its page: milliseconds, in rare
   * cases a second. Never throws.
   */
  public static boolean isLong(Bytes bytes) {
    int tag = bytes.length() < 2 ? 0 : bytes.at(1);
    return tag == LIST_RECORDS || tag == LIST_TABLE || tag == SCAN || tag == COUNT_TABLES;
  }

  private static KvQuery readOfKind(ByteReader reader, int tag) {
    if (tag == RANGE_BY_RANK) {
      Bytes table = RecordFields.readTable(reader);
      return new KvQuery.RangeByRank(
          table,
          RecordFields.readOffset(reader),
          RecordFields.readSize(reader),
          RecordFields.readFlag(reader));
    }
    if (tag == RANGE_BY_SCORE) {
      Bytes table = RecordFields.readTable(reader);
      return new KvQuery.RangeByScore(
          table,
          reader.u64(),
          reader.u64(),
          RecordFields.readOffset(reader),
          RecordFields.readSize(reader),
          RecordFields.readFlag(reader));
    }
    RecordKind kind = RecordFields.kindOf(tag);
    switch (tag % RecordFields.TAGS_PER_KIND) {
      case GET:
        return new KvQuery.Get(RecordFields.readId(reader, kind));
      case EXIST:
        return new KvQuery.Exist(RecordFields.readId(reader, kind));
      case OBSERVE:
        return new KvQuery.Observe(RecordFields.readId(reader, kind));
      default:
        throw unknown(tag);
    }
  }

  private static KvQuery readOfGroup(ByteReader reader, int tag) {
    switch (tag) {
      case LIST_RECORDS:
        return new KvQuery.ListRecords(
            RecordFields.readSlots(reader),
            RecordFields.readOffset(reader),
            RecordFields.readSize(reader),
            RecordFields.readFlag(reader));
      case LIST_TABLE:
        return new KvQuery.ListTable(
            RecordFields.readTableKind(reader),
            RecordFields.readTable(reader),
            RecordFields.readSlots(reader),
            RecordFields.readOffset(reader),
            RecordFields.readSize(reader),
            RecordFields.readFlag(reader));
      case SCAN:
        return readScan(reader);
      case COUNT_ALL:
        return new KvQuery.CountAll();
      case COUNT_TABLE:
        return new KvQuery.CountTable(RecordFields.readTable(reader));
      case COUNT_TABLES:
        return new KvQuery.CountTables(reader.sized(), readSizeOfOne(reader));
      default:
        throw unknown(tag);
    }
  }

  private static KvQuery readScan(ByteReader reader) {
    Bytes table = RecordFields.readFlag(reader) ? RecordFields.readTable(reader) : Bytes.EMPTY;
    Bytes prefix = reader.sized();
    Optional<Bytes> after =
        RecordFields.readFlag(reader) ? Optional.of(reader.sized()) : Optional.empty();
    int size = readSizeOfOne(reader);
    return new KvQuery.Scan(table, prefix, after, size, RecordFields.readFlag(reader));
  }

  private static int readSizeOfOne(ByteReader reader) {
    int size = RecordFields.readSize(reader);
    if (size == 0) {
      throw new MalformedBytesException("a page of no records");
    }
    return size;
  }

  private static MalformedBytesException unknown(int tag) {
    return new MalformedBytesException("kv query of tag " + tag + " is unknown");
  }

  private static final class Encoder implements KvQuery.Handler<Bytes> {
    @Override
    public Bytes get(KvQuery.Get query) {
      return record(query.id(), GET);
    }

    @Override
    public Bytes exist(KvQuery.Exist query) {
      return record(query.id(), EXIST);
    }

    @Override
    public Bytes observe(KvQuery.Observe query) {
      return record(query.id(), OBSERVE);
    }

    private static Bytes record(RecordId id, int operation) {
      int tag = RecordFields.tag(id.kind(), operation);
      return RecordFields.writeId(RecordFields.start(id, FORMAT, tag, 0), id).toBytes();
    }

    @Override
    public Bytes rangeByRank(KvQuery.RangeByRank query) {
      ByteWriter writer = start(RANGE_BY_RANK, query.table().length());
      RecordFields.writeTable(writer, query.table());
      RecordFields.writeWindow(writer, query.offset(), query.size());
      return RecordFields.writeFlag(writer, query.withScores()).toBytes();
    }

    @Override
    public Bytes rangeByScore(KvQuery.RangeByScore query) {
      ByteWriter writer = start(RANGE_BY_SCORE, query.table().length());
      RecordFields.writeTable(writer, query.table()).u64(query.min()).u64(query.max());
      RecordFields.writeWindow(writer, query.offset(), query.size());
      return RecordFields.writeFlag(writer, query.withScores()).toBytes();
    }

    @Override
    public Bytes listRecords(KvQuery.ListRecords query) {
      ByteWriter writer = RecordFields.writeSlots(start(LIST_RECORDS, 0), query.slots());
      RecordFields.writeWindow(writer, query.offset(), query.size());
      return RecordFields.writeFlag(writer, query.withValues()).toBytes();
    }

    @Override
    public Bytes listTable(KvQuery.ListTable query) {
      ByteWriter writer = start(LIST_TABLE, query.table().length());
      RecordFields.writeTableKind(writer, query.kind());
      RecordFields.writeTable(writer, query.table());
      RecordFields.writeSlots(writer, query.slots());
      RecordFields.writeWindow(writer, query.offset(), query.size());
      return RecordFields.writeFlag(writer, query.withValues()).toBytes();
    }

    @Override
    public Bytes scan(KvQuery.Scan query) {
      requirePage(query.size());
      ByteWriter writer = start(SCAN, query.prefix().length() + query.table().length());
      RecordFields.writeFlag(writer, !query.table().isEmpty());
      if (!query.table().isEmpty()) {
        RecordFields.writeTable(writer, query.table());
      }
      RecordFields.writeFlag(writer.sized(query.prefix()), query.after().isPresent());
      query.after().ifPresent(writer::sized);
      return RecordFields.writeFlag(writer.varint(query.size()), query.withValues()).toBytes();
    }

    @Override
    public Bytes countAll(KvQuery.CountAll query) {
      return start(COUNT_ALL, 0).toBytes();
    }

    @Override
    public Bytes countTable(KvQuery.CountTable query) {
      ByteWriter writer = start(COUNT_TABLE, query.table().length());
      return RecordFields.writeTable(writer, query.table()).toBytes();
    }

    @Override
    public Bytes countTables(KvQuery.CountTables query) {
      requirePage(query.size());
      ByteWriter writer = start(COUNT_TABLES, query.after().length());
      return writer.sized(query.after()).varint(query.size()).toBytes();
    }

    private static void requirePage(int size) {
      require(size >= 1 && size <= KvLimits.PAGE_RECORDS_MAX, "size");
    }

    private static ByteWriter start(int tag, int payloadBytes) {
      return new ByteWriter(OVERHEAD_BYTES + payloadBytes).u8(FORMAT).u8(tag);
    }
  }
}
