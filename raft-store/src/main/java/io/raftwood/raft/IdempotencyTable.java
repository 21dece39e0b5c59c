package io.raftwood.raft;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import java.util.Optional;

/**
 * Results remembered by idempotency key, in the replicated state. The family belongs to the key:
 * the same key used with two families names two commands.
 *
 * <p>Used on the apply thread only. All that decides is in the rows; {@link #earliest} merely
 * spares the search for rows that cannot be there.
 */
final class IdempotencyTable {
  private static final Bytes EXPIRY_PREFIX =
      Bytes.of(Keyspace.META.tag(), KernelRow.RESULT_EXPIRY.tag());
  private static final KeyRange EXPIRIES = KeyRange.prefix(EXPIRY_PREFIX);

  /** A lower bound of all expiries; the largest long when there is no row at all. */
  private long earliest = Long.MAX_VALUE;

  /** Takes over the rows of {@code view}. */
  void load(StorageView view) {
    try (StorageCursor cursor = view.scan(EXPIRIES)) {
      earliest = cursor.next() ? expiryOf(cursor.key()) : Long.MAX_VALUE;
    }
  }

  /**
   * The result remembered for the command's key, unless its time has come; then it is forgotten.
   */
  Optional<Bytes> find(StorageBatch batch, int family, Bytes key, long clockMillis) {
    Bytes rowKey = resultKey(family, key);
    Optional<Bytes> row = batch.get(rowKey);
    if (row.isEmpty()) {
      return Optional.empty();
    }
    if (row.get().length() < Long.BYTES) {
      throw new StorageException("the idempotency row " + rowKey + " is too short");
    }
    ByteReader reader = new ByteReader(row.get());
    long expiry = reader.u64();
    if (expiry > clockMillis) {
      return Optional.of(reader.rest());
    }
    batch.delete(rowKey);
    batch.delete(expiryKey(expiry, family, key));
    return Optional.empty();
  }

  /** Remembers a result for {@link EntryApplier#IDEMPOTENCY_MILLIS}. */
  void store(StorageBatch batch, int family, Bytes key, Bytes result, long clockMillis) {
    long expiry = clockMillis + EntryApplier.IDEMPOTENCY_MILLIS;
    batch.put(
        resultKey(family, key),
        new ByteWriter(Long.BYTES + result.length()).u64(expiry).raw(result).toBytes());
    batch.put(expiryKey(expiry, family, key), Bytes.EMPTY);
    earliest = Math.min(earliest, expiry);
  }

  /** Forgets results whose time has come, oldest first, at most {@code limit} of them. */
  void purge(StorageBatch batch, long clockMillis, int limit) {
    if (clockMillis < earliest) {
      return;
    }
    try (StorageCursor cursor = batch.scan(EXPIRIES)) {
      earliest = purge(batch, cursor, clockMillis, limit);
    }
  }

  private static long purge(StorageBatch batch, StorageCursor cursor, long clockMillis, int limit) {
    for (int purged = 0; cursor.next(); purged++) {
      Bytes key = cursor.key();
      long expiry = expiryOf(key);
      if (expiry > clockMillis || purged == limit) {
        return expiry;
      }
      batch.delete(key);
      Bytes familyAndKey = key.slice(EXPIRY_PREFIX.length() + Long.BYTES);
      batch.delete(
          new ByteWriter(2 + familyAndKey.length())
              .u8(Keyspace.META.tag())
              .u8(KernelRow.RESULT.tag())
              .raw(familyAndKey)
              .toBytes());
    }
    return Long.MAX_VALUE;
  }

  private static Bytes resultKey(int family, Bytes key) {
    return new ByteWriter(3 + key.length())
        .u8(Keyspace.META.tag())
        .u8(KernelRow.RESULT.tag())
        .u8(family)
        .raw(key)
        .toBytes();
  }

  private static Bytes expiryKey(long expiry, int family, Bytes key) {
    return new ByteWriter(3 + Long.BYTES + key.length())
        .raw(EXPIRY_PREFIX)
        .u64(expiry)
        .u8(family)
        .raw(key)
        .toBytes();
  }

  private static long expiryOf(Bytes expiryKey) {
    ByteReader reader = new ByteReader(expiryKey);
    reader.u16();
    return reader.u64();
  }
}
