package io.raftwood.storage.rocksdb;

import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.OverlayBatch;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletClosedException;
import io.raftwood.storage.TabletFigures;
import io.raftwood.storage.UseGate;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Snapshot;
import org.rocksdb.WriteBatch;

/**
 * A tablet in a RocksDB of its own: one column family, no write-ahead log, so that what a flush
 * makes durable is an exact prefix of the commits.
 *
 * <p>{@link #close} waits for open cursors and snapshots: a thread that holds one must not close
 * the tablet.
 */
final class RocksDbTablet implements Tablet {
  private static final int BATCH_ENTRY_BYTES = 64;

  private final String group;
  private final long generation;
  private final RocksDB db;
  private final SharedResources shared;
  private final Consumer<RocksDbTablet> onClosed;
  private final UseGate gate;

  /** Of the present state; none during a commit. */
  private volatile ReadMemo memo = new ReadMemo();

  /** Takes over {@code db}; hands itself to {@code onClosed} once that is closed. */
  RocksDbTablet(
      Generation place, RocksDB db, SharedResources shared, Consumer<RocksDbTablet> onClosed) {
    group = place.group();
    generation = place.number();
    this.db = db;
    this.shared = shared;
    this.onClosed = onClosed;
    gate = new UseGate(() -> new TabletClosedException(group, generation));
  }

  @Override
  public String group() {
    return group;
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public Optional<Bytes> get(Bytes key) {
    return using(
        "read from",
        () -> Optional.ofNullable(db.get(shared.reading(), key.unsafeArray())).map(Bytes::wrap));
  }

  @Override
  public StorageCursor scan(KeyRange range) {
    gate.enter();
    return new RocksDbCursor(gate, db, shared.reading(), range, false);
  }

  @Override
  public StorageCursor scanBackward(KeyRange range) {
    gate.enter();
    return new RocksDbCursor(gate, db, shared.reading(), range, true);
  }

  @Override
  public StorageSnapshot snapshot() {
    gate.enter();
    ReadMemo before = memo;
    Snapshot moment = db.getSnapshot();
    // Taken while a commit begins or ends, it may be of either state.
    ReadMemo known = memo == before ? before : ReadMemo.NONE;
    return new RocksDbSnapshot(
        new RocksDbSnapshot.Place(gate, db, shared.reading()), moment, known);
  }

  @Override
  public StorageBatch newBatch() {
    return using("begin a batch on", () -> new OverlayBatch(this));
  }

  @Override
  public void commit(StorageBatch batch) {
    if (!(batch instanceof OverlayBatch)) {
      throw new IllegalArgumentException("the batch is not one that newBatch() made");
    }
    using(
        "write to",
        () -> {
          try (WriteBatch changes = new WriteBatch(batch.changes() * BATCH_ENTRY_BYTES)) {
            ((OverlayBatch) batch)
                .forEach((key, value) -> put(changes, key, value), key -> delete(changes, key));
            memo = ReadMemo.NONE;
            db.write(shared.writing(), changes);
          } finally {
            memo = new ReadMemo();
          }
          return true;
        });
  }

  private void put(WriteBatch changes, Bytes key, Bytes value) {
    try {
      changes.put(key.unsafeArray(), value.unsafeArray());
    } catch (RocksDBException e) {
      throw failure("write to", e);
    }
  }

  private void delete(WriteBatch changes, Bytes key) {
    try {
      changes.delete(key.unsafeArray());
    } catch (RocksDBException e) {
      throw failure("write to", e);
    }
  }

  @Override
  public void checkpoint(Path directory) {
    using(
        "write a checkpoint of",
        () -> {
          try (Checkpoint checkpoint = Checkpoint.create(db)) {
            checkpoint.createCheckpoint(directory.toString());
          }
          return true;
        });
  }

  @Override
  public void flush() {
    using(
        "flush",
        () -> {
          db.flush(shared.flushing());
          return true;
        });
  }

  @Override
  public void verify() {
    using(
        "verify",
        () -> {
          db.verifyChecksum();
          return true;
        });
  }

  @Override
  public TabletFigures figures() {
    return using(
        "measure",
        () ->
            new TabletFigures(
                db.getLongProperty("rocksdb.live-sst-files-size"),
                db.getLongProperty("rocksdb.cur-size-all-mem-tables"),
                db.getLongProperty("rocksdb.estimate-num-keys")));
  }

  @Override
  public void close() {
    if (!gate.shut()) {
      return;
    }
    try {
      db.flush(shared.flushing());
    } catch (RocksDBException e) {
      throw failure("flush on closing", e);
    } finally {
      closeDatabase();
    }
  }

  private void closeDatabase() {
    try {
      db.closeE();
    } catch (RocksDBException e) {
      throw failure("close", e);
    } finally {
      onClosed.accept(this);
    }
  }

  /** Something done with the open database. */
  private interface Use<T> {
    T run() throws RocksDBException;
  }

  private <T> T using(String what, Use<T> use) {
    gate.enter();
    try {
      return use.run();
    } catch (RocksDBException e) {
      throw failure(what, e);
    } finally {
      gate.leave();
    }
  }

  private StorageException failure(String what, RocksDBException cause) {
    return new StorageException(
        "cannot " + what + " tablet " + group + "@" + generation + ": " + cause.getMessage(),
        cause);
  }
}
