package io.raftwood.kv.machine;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import java.util.Optional;

/**
 * One record in a batch together with everything that must go with its row: its place in the expiry
 * index, in the figures, and in its sorted set's order. Used within one command.
 */
final class StoredRecord {
  private final StorageBatch batch;
  private final RecordId id;
  private final Bytes rowKey;
  private final Optional<RecordRow> row;

  /** The record {@code id} as it is in {@code batch}. */
  StoredRecord(StorageBatch batch, RecordId id) {
    this.batch = batch;
    this.id = id;
    this.rowKey = RowKeys.record(id);
    this.row = find(batch, rowKey);
  }

  /** The row at {@code rowKey}, expired or not. */
  static Optional<RecordRow> find(StorageView view, Bytes rowKey) {
    Optional<Bytes> row = view.get(rowKey);
    return row.isPresent() ? Optional.of(RecordRow.decode(row.get())) : Optional.empty();
  }

  /** The row unless it has expired at {@code clockMillis}. */
  Optional<RecordRow> liveAt(long clockMillis) {
    return row.isPresent() && row.get().liveAt(clockMillis) ? row : Optional.empty();
  }

  /** The row, expired or not. */
  Optional<RecordRow> row() {
    return row;
  }

  /** Whether there is a row, expired or not. */
  boolean exists() {
    return row.isPresent();
  }

  /** Writes the record. */
  void write(RecordRow next) {
    if (row.isEmpty()) {
      Catalogue.added(batch, id, countedBytes(next));
    } else {
      Catalogue.resized(batch, id, countedBytes(row.get()), countedBytes(next));
      forgetExpiry(row.get());
    }
    if (next.expiryMillis() != 0) {
      batch.put(RowKeys.expiry(next.expiryMillis(), rowKey), Bytes.EMPTY);
    }
    batch.put(rowKey, next.encode());
    if (id.kind() == RecordKind.SORTED_SET_MEMBER) {
      writeScore(next);
    }
  }

  /** Removes the record, which exists. */
  void remove() {
    RecordRow stored = row.orElseThrow(() -> new StorageException("no row at " + rowKey));
    Catalogue.removed(batch, id, countedBytes(stored));
    forgetExpiry(stored);
    batch.delete(rowKey);
    if (id.kind() == RecordKind.SORTED_SET_MEMBER) {
      new ScoreIndex(id.table()).remove(batch, scoreOf(stored), id.name());
    }
  }

  /** The score in the row of a sorted set's member. */
  static long scoreOf(RecordRow row) {
    if (row.value().length() != Long.BYTES) {
      throw new StorageException("not a score: " + row.value());
    }
    return new ByteReader(row.value()).u64();
  }

  /** The value of the row of a sorted set's member. */
  static Bytes scoreValue(long score) {
    return new ByteWriter(Long.BYTES).u64(score).toBytes();
  }

  private void writeScore(RecordRow next) {
    ScoreIndex index = new ScoreIndex(id.table());
    long score = scoreOf(next);
    Bytes indexed = next.encode();
    if (row.isPresent() && scoreOf(row.get()) == score) {
      index.replace(batch, score, id.name(), indexed);
      return;
    }
    if (row.isPresent()) {
      index.remove(batch, scoreOf(row.get()), id.name());
    }
    index.insert(batch, score, id.name(), indexed);
  }

  private int countedBytes(RecordRow counted) {
    return id.kind() == RecordKind.SORTED_SET_MEMBER ? 0 : counted.value().length();
  }

  private void forgetExpiry(RecordRow stored) {
    if (stored.expiryMillis() != 0) {
      batch.delete(RowKeys.expiry(stored.expiryMillis(), rowKey));
    }
  }
}
