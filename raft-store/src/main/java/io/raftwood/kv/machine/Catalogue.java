package io.raftwood.kv.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.Figures;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import java.util.Optional;

/**
 * The rows that say which tables there are and how much is stored, exact at every revision ({@code
 * docs/formats.md}). Counted are the rows of records, expired ones until they are purged. Pure
 * functions over the tablet.
 */
final class Catalogue {
  private static final int FORMAT = 1;
  private static final int TOTALS = 0;
  private static final int TABLE = 1;
  private static final int SLOT = 2;
  private static final int FIGURES_BYTES = 3 * Long.BYTES;
  private static final Bytes TOTALS_KEY = Bytes.of(Keyspace.CATALOGUE.tag(), TOTALS);

  private Catalogue() {}

  /** The kind of the table called {@code table}, if there is one. */
  static Optional<RecordKind> kindOf(StorageView view, Bytes table) {
    return table(view, table).map(TableFigures::kind);
  }

  /** The table called {@code table}. */
  static Optional<TableFigures> table(StorageView view, Bytes table) {
    return view.get(tableKey(table)).map(row -> decodeTable(table, row));
  }

  /** All tables behind {@code after} in byte order of their names. */
  static KeyRange tablesBehind(Bytes after) {
    KeyRange all = KeyRange.prefix(Bytes.of(Keyspace.CATALOGUE.tag(), TABLE));
    // The next key after a name is the name and NUL, which is in no name.
    Bytes from = after.isEmpty() ? all.from() : tableKey(after.concat(Bytes.of(0)));
    return new KeyRange(from, all.to());
  }

  /** Reads a row of {@link #tablesBehind}. */
  static TableFigures readTable(Bytes key, Bytes row) {
    return decodeTable(key.slice(2), row);
  }

  /** The figures of the whole group. */
  static KvResult.Totals totals(StorageView view) {
    Optional<Bytes> row = view.get(TOTALS_KEY);
    if (row.isEmpty()) {
      return new KvResult.Totals(Figures.ZERO, Figures.ZERO);
    }
    ByteReader reader = reader(row.get(), 1 + 2 * FIGURES_BYTES);
    return new KvResult.Totals(readFigures(reader), readFigures(reader));
  }

  /** Number of records of all kinds; reads all rows of tables. */
  static long records(StorageView view) {
    KvResult.Totals totals = totals(view);
    long records = totals.keys().count() + totals.hashes().count();
    try (StorageCursor rows = view.scan(tablesBehind(Bytes.EMPTY))) {
      while (rows.next()) {
        TableFigures table = readTable(rows.key(), rows.value());
        // Fields of hashes are in the totals already.
        records += table.kind() == RecordKind.HASH_FIELD ? 0 : table.figures().count();
      }
    }
    return records;
  }

  /** The slots where the table has records, each with their number: see {@link #slotOf}. */
  static KeyRange slotsOf(Bytes table) {
    return KeyRange.prefix(slotPrefix(table, 0).toBytes());
  }

  /** The slot in a key of {@link #slotsOf}. */
  static int slotOf(Bytes key) {
    return key.at(key.length() - 2) << 8 | key.at(key.length() - 1);
  }

  /** The number of records in a row of {@link #slotsOf}. */
  static long countOf(Bytes row) {
    return reader(row, 1 + Long.BYTES).u64();
  }

  /** A row was added for {@code id}, whose value has {@code valueBytes}. */
  static void added(StorageBatch batch, RecordId id, int valueBytes) {
    Figures added = Figures.ofRecord(id.name().length() + (long) valueBytes);
    change(batch, id, added);
    count(batch, id, 1);
  }

  /** The row of {@code id} was removed. */
  static void removed(StorageBatch batch, RecordId id, int valueBytes) {
    Figures removed = Figures.ofRecord(id.name().length() + (long) valueBytes);
    change(batch, id, Figures.ZERO.minus(removed));
    count(batch, id, -1);
  }

  /** The value of {@code id} has become longer or shorter. */
  static void resized(StorageBatch batch, RecordId id, int oldBytes, int newBytes) {
    if (oldBytes != newBytes) {
      int name = id.name().length();
      Figures grown = Figures.ofRecord(name + (long) newBytes);
      change(batch, id, grown.minus(Figures.ofRecord(name + (long) oldBytes)));
    }
  }

  private static void change(StorageBatch batch, RecordId id, Figures change) {
    switch (id.kind()) {
      case KEY:
        KvResult.Totals keys = totals(batch);
        writeTotals(batch, keys.keys().plus(change), keys.hashes());
        break;
      case HASH_FIELD:
        KvResult.Totals hashes = totals(batch);
        writeTotals(batch, hashes.keys(), hashes.hashes().plus(change));
        changeTable(batch, id, change);
        break;
      default:
        changeTable(batch, id, new Figures(change.count(), 0, 0));
        break;
    }
  }

  private static void changeTable(StorageBatch batch, RecordId id, Figures change) {
    Optional<TableFigures> stored = table(batch, id.table());
    Figures figures = stored.map(TableFigures::figures).orElse(Figures.ZERO).plus(change);
    if (figures.count() == 0) {
      batch.delete(tableKey(id.table()));
      return;
    }
    ByteWriter row = new ByteWriter(2 + FIGURES_BYTES).u8(FORMAT).u8(id.kind().number());
    batch.put(tableKey(id.table()), writeFigures(row, figures).toBytes());
  }

  /** A table's records by slot: what lets a listing skip the slots without any. */
  private static void count(StorageBatch batch, RecordId id, int change) {
    if (!id.kind().inTable()) {
      return;
    }
    Bytes key = slotPrefix(id.table(), 2).u16(id.slot()).toBytes();
    long count = batch.get(key).map(Catalogue::countOf).orElse(0L) + change;
    if (count == 0) {
      batch.delete(key);
    } else {
      batch.put(key, new ByteWriter(1 + Long.BYTES).u8(FORMAT).u64(count).toBytes());
    }
  }

  private static ByteWriter slotPrefix(Bytes table, int moreBytes) {
    return new ByteWriter(3 + table.length() + moreBytes)
        .u8(Keyspace.CATALOGUE.tag())
        .u8(SLOT)
        .raw(table)
        .u8(0);
  }

  private static Bytes tableKey(Bytes table) {
    return new ByteWriter(2 + table.length())
        .u8(Keyspace.CATALOGUE.tag())
        .u8(TABLE)
        .raw(table)
        .toBytes();
  }

  private static TableFigures decodeTable(Bytes table, Bytes row) {
    ByteReader reader = reader(row, 2 + FIGURES_BYTES);
    int kind = reader.u8();
    for (RecordKind known : RecordKind.values()) {
      if (known.inTable() && known.number() == kind) {
        return new TableFigures(known, table, readFigures(reader));
      }
    }
    throw new StorageException("a table of unknown kind " + kind + ": " + table);
  }

  private static void writeTotals(StorageBatch batch, Figures keys, Figures hashes) {
    ByteWriter row = new ByteWriter(1 + 2 * FIGURES_BYTES).u8(FORMAT);
    batch.put(TOTALS_KEY, writeFigures(writeFigures(row, keys), hashes).toBytes());
  }

  private static ByteWriter writeFigures(ByteWriter writer, Figures figures) {
    return writer.u64(figures.count()).u64(figures.size()).u64(figures.capacity());
  }

  private static Figures readFigures(ByteReader reader) {
    return new Figures(reader.u64(), reader.u64(), reader.u64());
  }

  private static ByteReader reader(Bytes row, int bytes) {
    if (row.length() != bytes || row.at(0) != FORMAT) {
      throw new StorageException("not a catalogue row of format " + FORMAT + ": " + row);
    }
    ByteReader reader = new ByteReader(row);
    reader.u8();
    return reader;
  }
}
