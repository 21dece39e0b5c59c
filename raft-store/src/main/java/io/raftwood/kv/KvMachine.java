package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Machine;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageView;
import java.util.Optional;

/**
 * Applies commands on records and answers queries. Stateless: all state is in the tablet.
 *
 * <p>An expired record counts as absent everywhere, whether it is purged yet or not. Every record
 * with an expiry has exactly one row in the expiry index, and no other rows are there.
 */
public final class KvMachine implements Machine {
  /** The family of records in log entries. */
  public static final int FAMILY = 1;

  @Override
  public int family() {
    return FAMILY;
  }

  @Override
  public Bytes apply(ApplyContext context, Bytes command) {
    return KvResultCodec.encode(KvCommandCodec.decode(command).dispatch(new Writer(context)));
  }

  @Override
  public Bytes query(QueryContext context, Bytes query) {
    return KvResultCodec.encode(KvQueryCodec.decode(query).dispatch(new Reader(context)));
  }

  private static Optional<RecordRow> find(StorageView view, Bytes rowKey) {
    Optional<Bytes> row = view.get(rowKey);
    return row.isPresent() ? Optional.of(RecordRow.decode(row.get())) : Optional.empty();
  }

  private record Reader(QueryContext context) implements KvQuery.Handler<KvResult> {
    @Override
    public KvResult get(KvQuery.Get query) {
      Optional<RecordRow> row = live(query.key());
      if (row.isEmpty()) {
        return new KvResult.Absent();
      }
      RecordRow found = row.get();
      return new KvResult.Found(found.version(), found.modRevision(), found.value());
    }

    @Override
    public KvResult exist(KvQuery.Exist query) {
      Optional<RecordRow> row = live(query.key());
      if (row.isEmpty()) {
        return new KvResult.Absent();
      }
      return new KvResult.Exists(row.get().version(), row.get().modRevision());
    }

    private Optional<RecordRow> live(Bytes key) {
      Optional<RecordRow> row = find(context.view(), RowKeys.record(key));
      return row.isPresent() && row.get().liveAt(context.clockMillis()) ? row : Optional.empty();
    }
  }

  private record Writer(ApplyContext context) implements KvCommand.Handler<KvResult> {
    @Override
    public KvResult put(KvCommand.Put command) {
      Bytes rowKey = RowKeys.record(command.key());
      Optional<RecordRow> stored = find(context.batch(), rowKey);
      long current = liveVersion(stored);
      if (command.expectedVersion() != 0 && command.expectedVersion() != current) {
        return new KvResult.VersionMismatch(current);
      }
      long version = current == KvLimits.VERSION_MAX ? 1 : current + 1;
      long expiry = expiryOf(command.ttlSeconds());
      forgetExpiry(rowKey, stored);
      if (expiry != 0) {
        context.batch().put(RowKeys.expiry(expiry, rowKey), Bytes.EMPTY);
      }
      RecordRow row = new RecordRow(version, context.revision(), expiry, command.value());
      context.batch().put(rowKey, row.encode());
      return new KvResult.Stored(version);
    }

    @Override
    public KvResult delete(KvCommand.Delete command) {
      Bytes rowKey = RowKeys.record(command.key());
      Optional<RecordRow> stored = find(context.batch(), rowKey);
      long current = liveVersion(stored);
      if (current == 0) {
        return new KvResult.Absent();
      }
      if (command.expectedVersion() != 0 && command.expectedVersion() != current) {
        return new KvResult.VersionMismatch(current);
      }
      forgetExpiry(rowKey, stored);
      context.batch().delete(rowKey);
      return new KvResult.Deleted(current);
    }

    @Override
    public KvResult purgeExpired(KvCommand.PurgeExpired command) {
      StorageBatch batch = context.batch();
      int removed = 0;
      try (StorageCursor cursor = batch.scan(RowKeys.expiredAt(context.clockMillis()))) {
        while (cursor.next()) {
          if (removed == command.limit()) {
            return new KvResult.Purged(removed, true);
          }
          purge(batch, cursor.key());
          removed++;
        }
      }
      return new KvResult.Purged(removed, false);
    }

    private static void purge(StorageBatch batch, Bytes expiryKey) {
      Bytes rowKey = RowKeys.expiringRow(expiryKey);
      if (rowKey.isEmpty() || rowKey.at(0) != Keyspace.KV.tag()) {
        throw new StorageException("the expiry index names a row of unknown kind: " + expiryKey);
      }
      batch.delete(rowKey);
      batch.delete(expiryKey);
    }

    /** The version of a record that exists now, else 0. */
    private long liveVersion(Optional<RecordRow> stored) {
      return stored.isPresent() && stored.get().liveAt(context.clockMillis())
          ? stored.get().version()
          : 0;
    }

    private long expiryOf(long ttlSeconds) {
      boolean never = ttlSeconds == 0 || ttlSeconds > KvLimits.TTL_SECONDS_MAX;
      return never ? 0 : context.clockMillis() + ttlSeconds * 1000;
    }

    private void forgetExpiry(Bytes rowKey, Optional<RecordRow> stored) {
      if (stored.isPresent() && stored.get().expiryMillis() != 0) {
        context.batch().delete(RowKeys.expiry(stored.get().expiryMillis(), rowKey));
      }
    }
  }
}
