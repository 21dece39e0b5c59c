package io.raftwood.kv;

import static io.raftwood.kv.RecordFields.require;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.kv.KvResult.TableFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Results of family {@link KvCommand#FAMILY}, format 1, byte by byte in {@code docs/formats.md}.
 * Pure functions; thread-safe.
 *
 * <p>Results of commands are part of the replicated state (by idempotency key), so their bytes may
 * not change within a format. Tags are never reused: 1 stored, 2 deleted, 3 absent, 4 version
 * mismatch, 5 found, 6 exists, 7 purged, 8 wrong kind, 9 not a number, 10 out of range, 11
 * incremented, 12 page, 13 page too large, 14 totals, 15 tables, 16 observed; 17 and above are
 * free.
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
  private static final int WRONG_KIND = 8;
  private static final int NOT_A_NUMBER = 9;
  private static final int OUT_OF_RANGE = 10;
  private static final int INCREMENTED = 11;
  private static final int PAGE = 12;
  private static final int PAGE_TOO_LARGE = 13;
  private static final int TOTALS = 14;
  private static final int TABLES = 15;
  private static final int OBSERVED = 16;

  private static final KvResult.Handler<Bytes> ENCODER = new Encoder();

  private KvResultCodec() {}

  /**
   * Encodes a result.
   *
   * @throws IllegalArgumentException when it breaks {@link KvLimits}: nobody could read it
   */
  public static Bytes encode(KvResult result) {
    return result.dispatch(ENCODER);
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
    int tag = reader.u8();
    KvResult result = tag <= PURGED ? readRecord(reader, tag) : readOther(reader, tag);
    reader.expectEnd();
    return result;
  }

  private static KvResult readRecord(ByteReader reader, int tag) {
    switch (tag) {
      case STORED:
        return new KvResult.Stored(RecordFields.readVersion(reader));
      case DELETED:
        return new KvResult.Deleted(RecordFields.readVersion(reader));
      case ABSENT:
        return new KvResult.Absent();
      case VERSION_MISMATCH:
        return new KvResult.VersionMismatch(RecordFields.readVersion(reader));
      case FOUND:
        return new KvResult.Found(RecordFields.readVersion(reader), reader.u64(), reader.sized());
      case EXISTS:
        return new KvResult.Exists(RecordFields.readVersion(reader), reader.u64());
      case PURGED:
        int removed = reader.count(KvLimits.PURGE_RECORDS_MAX);
        return new KvResult.Purged(removed, RecordFields.readFlag(reader));
      default:
        throw unknown(tag);
    }
  }

  private static KvResult readOther(ByteReader reader, int tag) {
    switch (tag) {
      case WRONG_KIND:
        return new KvResult.WrongKind();
      case NOT_A_NUMBER:
        return new KvResult.NotANumber();
      case OUT_OF_RANGE:
        return new KvResult.OutOfRange();
      case INCREMENTED:
        return new KvResult.Incremented(reader.u64(), RecordFields.readVersion(reader));
      case PAGE:
        return readPage(reader);
      case PAGE_TOO_LARGE:
        return new KvResult.PageTooLarge();
      case TOTALS:
        return new KvResult.Totals(readFigures(reader), readFigures(reader));
      case TABLES:
        return readTables(reader);
      case OBSERVED:
        return readObserved(reader);
      default:
        throw unknown(tag);
    }
  }

  private static KvResult readObserved(ByteReader reader) {
    long index = reader.u64();
    long revision = reader.u64();
    int tag = reader.u8();
    switch (tag) {
      case ABSENT:
      case FOUND:
        return new KvResult.Observed(index, revision, readRecord(reader, tag));
      case WRONG_KIND:
        return new KvResult.Observed(index, revision, new KvResult.WrongKind());
      default:
        throw new MalformedBytesException("a record of tag " + tag + " observed");
    }
  }

  private static KvResult readPage(ByteReader reader) {
    boolean end = RecordFields.readFlag(reader);
    long passed = reader.u64();
    Optional<Bytes> last =
        RecordFields.readFlag(reader) ? Optional.of(reader.sized()) : Optional.empty();
    List<Listed> records = new ArrayList<>();
    for (int left = reader.count(KvLimits.PAGE_RECORDS_MAX); left > 0; left--) {
      records.add(readListed(reader));
    }
    return new KvResult.Page(records, end, passed, last);
  }

  private static Listed readListed(ByteReader reader) {
    RecordId id = RecordFields.readId(reader, readKind(reader));
    long version = RecordFields.readVersion(reader);
    Optional<Bytes> value =
        RecordFields.readFlag(reader) ? Optional.of(reader.sized()) : Optional.empty();
    return new Listed(id, version, value);
  }

  private static KvResult readTables(ByteReader reader) {
    boolean end = RecordFields.readFlag(reader);
    List<TableFigures> tables = new ArrayList<>();
    for (int left = reader.count(KvLimits.PAGE_RECORDS_MAX); left > 0; left--) {
      RecordKind kind = RecordFields.readTableKind(reader);
      tables.add(new TableFigures(kind, RecordFields.readTable(reader), readFigures(reader)));
    }
    return new KvResult.Tables(tables, end);
  }

  private static Figures readFigures(ByteReader reader) {
    return new Figures(reader.u64(), reader.u64(), reader.u64());
  }

  private static RecordKind readKind(ByteReader reader) {
    int number = reader.u8();
    if (number >= RecordKind.values().length) {
      throw new MalformedBytesException("records of kind " + number + " are unknown");
    }
    return RecordKind.of(number);
  }

  private static MalformedBytesException unknown(int tag) {
    return new MalformedBytesException("kv result of tag " + tag + " is unknown");
  }

  private static final class Encoder implements KvResult.Handler<Bytes> {
    @Override
    public Bytes stored(KvResult.Stored result) {
      return version(STORED, result.version());
    }

    @Override
    public Bytes deleted(KvResult.Deleted result) {
      return version(DELETED, result.version());
    }

    @Override
    public Bytes absent(KvResult.Absent result) {
      return start(0, ABSENT).toBytes();
    }

    @Override
    public Bytes versionMismatch(KvResult.VersionMismatch result) {
      return version(VERSION_MISMATCH, result.current());
    }

    @Override
    public Bytes found(KvResult.Found result) {
      ByteWriter writer = start(17 + result.value().length(), FOUND);
      RecordFields.writeVersion(writer, result.version()).u64(result.modRevision());
      return writer.sized(result.value()).toBytes();
    }

    @Override
    public Bytes observed(KvResult.Observed result) {
      Bytes record = encode(result.record()).slice(1);
      int tag = record.at(0);
      require(tag == FOUND || tag == ABSENT || tag == WRONG_KIND, "the record observed");
      ByteWriter writer = start(16 + record.length(), OBSERVED);
      return writer.u64(result.index()).u64(result.revision()).raw(record).toBytes();
    }

    @Override
    public Bytes exists(KvResult.Exists result) {
      ByteWriter writer = start(12, EXISTS);
      return RecordFields.writeVersion(writer, result.version())
          .u64(result.modRevision())
          .toBytes();
    }

    @Override
    public Bytes purged(KvResult.Purged result) {
      int removed = result.removed();
      require(removed >= 0 && removed <= KvLimits.PURGE_RECORDS_MAX, "number of purged records");
      ByteWriter writer = start(6, PURGED).varint(removed);
      return RecordFields.writeFlag(writer, result.more()).toBytes();
    }

    @Override
    public Bytes wrongKind(KvResult.WrongKind result) {
      return start(0, WRONG_KIND).toBytes();
    }

    @Override
    public Bytes notANumber(KvResult.NotANumber result) {
      return start(0, NOT_A_NUMBER).toBytes();
    }

    @Override
    public Bytes outOfRange(KvResult.OutOfRange result) {
      return start(0, OUT_OF_RANGE).toBytes();
    }

    @Override
    public Bytes incremented(KvResult.Incremented result) {
      ByteWriter writer = start(12, INCREMENTED).u64(result.number());
      return RecordFields.writeVersion(writer, result.version()).toBytes();
    }

    @Override
    public Bytes page(KvResult.Page result) {
      requirePage(result.records());
      ByteWriter writer = start(64 + 64 * result.records().size(), PAGE);
      RecordFields.writeFlag(writer, result.end()).u64(result.passed());
      writeOptional(writer, result.last()).varint(result.records().size());
      for (Listed listed : result.records()) {
        writer.u8(listed.id().kind().number());
        RecordFields.writeId(writer, listed.id());
        writeOptional(RecordFields.writeVersion(writer, listed.version()), listed.value());
      }
      return writer.toBytes();
    }

    @Override
    public Bytes pageTooLarge(KvResult.PageTooLarge result) {
      return start(0, PAGE_TOO_LARGE).toBytes();
    }

    @Override
    public Bytes totals(KvResult.Totals result) {
      ByteWriter writer = start(48, TOTALS);
      return writeFigures(writeFigures(writer, result.keys()), result.hashes()).toBytes();
    }

    @Override
    public Bytes tables(KvResult.Tables result) {
      requirePage(result.tables());
      ByteWriter writer = start(16 + 64 * result.tables().size(), TABLES);
      RecordFields.writeFlag(writer, result.end()).varint(result.tables().size());
      for (TableFigures table : result.tables()) {
        RecordFields.writeTableKind(writer, table.kind());
        RecordFields.writeTable(writer, table.table());
        writeFigures(writer, table.figures());
      }
      return writer.toBytes();
    }

    private static Bytes version(int tag, long version) {
      return RecordFields.writeVersion(start(4, tag), version).toBytes();
    }

    private static void requirePage(List<?> page) {
      require(page.size() <= KvLimits.PAGE_RECORDS_MAX, "number of records");
    }

    private static ByteWriter writeOptional(ByteWriter writer, Optional<Bytes> bytes) {
      RecordFields.writeFlag(writer, bytes.isPresent());
      return bytes.isPresent() ? writer.sized(bytes.get()) : writer;
    }

    private static ByteWriter writeFigures(ByteWriter writer, Figures figures) {
      return writer.u64(figures.count()).u64(figures.size()).u64(figures.capacity());
    }

    private static ByteWriter start(int payloadBytes, int tag) {
      return new ByteWriter(2 + payloadBytes).u8(FORMAT).u8(tag);
    }
  }
}
