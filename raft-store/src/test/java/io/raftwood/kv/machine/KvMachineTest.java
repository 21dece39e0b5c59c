package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.CorruptEntryException;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.Keyspace;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class KvMachineTest {
  private static final KvResult ABSENT = new KvResult.Absent();
  private static final Bytes KEY = Bytes.utf8("k");
  private static final Bytes A = Bytes.utf8("a");
  private static final Bytes B = Bytes.utf8("b");

  private final InMemoryTablet tablet = new InMemoryTablet("g");
  private final KvMachine machine = new KvMachine();
  private long clock = 1_700_000_000_000L;
  private long revision;

  @Nested
  class Put {
    @Test
    void startsAtVersionOneAndCountsUp() {
      assertThat(put(A, 0, 0)).isEqualTo(new KvResult.Stored(1));
      assertThat(put(B, 0, 0)).isEqualTo(new KvResult.Stored(2));
      assertThat(get()).isEqualTo(new KvResult.Found(2, 2, B));
      assertThat(exist()).isEqualTo(new KvResult.Exists(2, 2));
    }

    @Test
    void wrapsTheVersionToOne() {
      plant(new RecordRow(KvLimits.VERSION_MAX - 1, 1, 0, A));
      assertThat(put(A, 0, 0)).isEqualTo(new KvResult.Stored(0xffff_ffffL));
      assertThat(put(A, 0, 0xffff_ffffL)).isEqualTo(new KvResult.Stored(1));
    }

    @Test
    void happensOnlyAtTheExpectedVersion() {
      put(A, 0, 0);
      assertThat(put(B, 0, 2)).isEqualTo(new KvResult.VersionMismatch(1));
      assertThat(get()).isEqualTo(new KvResult.Found(1, 1, A));
      assertThat(put(B, 0, 1)).isEqualTo(new KvResult.Stored(2));
    }

    @Test
    void withAnExpectedVersionNeedsALiveRecord() {
      assertThat(put(A, 0, 1)).isEqualTo(new KvResult.VersionMismatch(0));
      put(A, 10, 0);
      clock += 10_000;
      assertThat(put(A, 0, 1)).isEqualTo(new KvResult.VersionMismatch(0));
      assertThat(get()).isEqualTo(ABSENT);
    }

    @Test
    void startsAnewOverAnExpiredRecord() {
      put(A, 10, 0);
      put(A, 10, 0);
      clock += 10_000;
      assertThat(put(B, 0, 0)).isEqualTo(new KvResult.Stored(1));
      assertThat(expiryRows()).isZero();
    }
  }

  @Nested
  class Expiry {
    @Test
    void comesExactlyAfterTheTimeToLive() {
      put(A, 10, 0);
      clock += 9_999;
      assertThat(get()).isEqualTo(new KvResult.Found(1, 1, A));
      clock++;
      assertThat(get()).isEqualTo(ABSENT);
      assertThat(exist()).isEqualTo(ABSENT);
      assertThat(delete(0)).isEqualTo(ABSENT);
      assertThat(delete(1)).isEqualTo(ABSENT);
    }

    @Test
    void isReplacedByEveryOverwrite() {
      put(A, 10, 0);
      put(A, 20, 0);
      clock += 15_000;
      assertThat(exist()).isEqualTo(new KvResult.Exists(2, 2));
      assertThat(expiryRows()).isEqualTo(1);
      put(A, 0, 0);
      clock += 1_000_000_000;
      assertThat(exist()).isEqualTo(new KvResult.Exists(3, 3));
      assertThat(expiryRows()).isZero();
    }

    @Test
    void neverComesWithoutOrAboveTheLargestTimeToLive() {
      put(A, KvLimits.TTL_SECONDS_MAX + 1, 0);
      assertThat(expiryRows()).isZero();
      put(A, Long.MAX_VALUE, 0);
      assertThat(expiryRows()).isZero();
      put(A, KvLimits.TTL_SECONDS_MAX, 0);
      assertThat(expiryRows()).isEqualTo(1);
      clock += KvLimits.TTL_SECONDS_MAX * 1000;
      assertThat(get()).isEqualTo(ABSENT);
    }

    @Test
    void keepsItsRowWhenTheSameExpiryIsWrittenAgain() {
      put(A, 10, 0);
      put(B, 10, 0);
      assertThat(expiryRows()).isEqualTo(1);
    }
  }

  @Nested
  class Delete {
    @Test
    void answersTheDeletedVersionAndForgetsIt() {
      put(A, 10, 0);
      put(A, 10, 0);
      assertThat(delete(0)).isEqualTo(new KvResult.Deleted(2));
      assertThat(expiryRows()).isZero();
      assertThat(delete(0)).isEqualTo(ABSENT);
      assertThat(put(A, 0, 0)).isEqualTo(new KvResult.Stored(1));
    }

    @Test
    void happensOnlyAtTheExpectedVersion() {
      put(A, 0, 0);
      assertThat(delete(7)).isEqualTo(new KvResult.VersionMismatch(1));
      assertThat(delete(1)).isEqualTo(new KvResult.Deleted(1));
      assertThat(delete(1)).isEqualTo(ABSENT);
    }
  }

  @Nested
  class Purge {
    @Test
    void removesTheOldestExpiredRecordsOnly() {
      for (int i = 1; i <= 5; i++) {
        apply(new KvCommand.Put(RecordId.key(Bytes.of(i)), A, i, 0));
      }
      put(A, 0, 0);
      clock += 4_000;
      assertThat(purge(3)).isEqualTo(new KvResult.Purged(3, true));
      assertThat(purge(3)).isEqualTo(new KvResult.Purged(1, false));
      assertThat(purge(3)).isEqualTo(new KvResult.Purged(0, false));
      assertThat(query(new KvQuery.Get(RecordId.key(Bytes.of(5)))))
          .isEqualTo(new KvResult.Found(1, 5, A));
      assertThat(get()).isEqualTo(new KvResult.Found(1, 6, A));
      assertThat(rows(Keyspace.KV)).isEqualTo(2);
    }

    @Test
    void isAskedForOnceTheOldestExpiryHasPassed() {
      ExpiryPurger purger = new ExpiryPurger();
      assertThat(purger.next(tablet, Long.MAX_VALUE)).isEmpty();
      put(A, 10, 0);
      assertThat(purger.next(tablet, clock + 9_999)).isEmpty();
      assertThat(purger.next(tablet, clock + 10_000))
          .hasValueSatisfying(
              command -> {
                assertThat(command.family()).isEqualTo(KvCommand.FAMILY);
                assertThat(command.idempotencyKey()).isEmpty();
                assertThat(KvCommandCodec.decode(command.payload()))
                    .isEqualTo(new KvCommand.PurgeExpired(1000));
              });
      clock += 10_000;
      purge(1000);
      assertThat(purger.next(tablet, clock)).isEmpty();
    }
  }

  @Nested
  class Damage {
    @Test
    void inACommandIsACorruptEntry() {
      StorageBatch batch = tablet.newBatch();
      assertThatThrownBy(() -> machine.apply(new ApplyContext(batch, 1, clock), Bytes.of(1, 9)))
          .isExactlyInstanceOf(CorruptEntryException.class);
    }

    @Test
    void inAQueryIsTheAskersMistake() {
      assertThatThrownBy(() -> machine.query(new QueryContext(tablet, clock), Bytes.EMPTY))
          .isExactlyInstanceOf(MalformedBytesException.class);
    }

    @Test
    void inARowIsAStorageFault() {
      StorageBatch batch = tablet.newBatch();
      batch.put(RowKeys.record(RecordId.key(KEY)), Bytes.of(1, 2, 3));
      tablet.commit(batch);
      assertThatThrownBy(KvMachineTest.this::get).isInstanceOf(StorageException.class);
      assertThatThrownBy(() -> put(A, 0, 0)).isInstanceOf(StorageException.class);
    }

    @Test
    void inTheExpiryIndexIsAStorageFault() {
      StorageBatch batch = tablet.newBatch();
      batch.put(RowKeys.expiry(1, Bytes.of(99)), Bytes.EMPTY);
      tablet.commit(batch);
      assertThatThrownBy(() -> purge(1)).isInstanceOf(StorageException.class);
    }
  }

  private KvResult put(Bytes value, long ttlSeconds, long expected) {
    return apply(new KvCommand.Put(RecordId.key(KEY), value, ttlSeconds, expected));
  }

  private KvResult delete(long expected) {
    return apply(new KvCommand.Delete(RecordId.key(KEY), expected));
  }

  private KvResult purge(int limit) {
    return apply(new KvCommand.PurgeExpired(limit));
  }

  private KvResult get() {
    return query(new KvQuery.Get(RecordId.key(KEY)));
  }

  private KvResult exist() {
    return query(new KvQuery.Exist(RecordId.key(KEY)));
  }

  private KvResult apply(KvCommand command) {
    revision++;
    StorageBatch batch = tablet.newBatch();
    Bytes result =
        machine.apply(new ApplyContext(batch, revision, clock), KvCommandCodec.encode(command));
    tablet.commit(batch);
    return KvResultCodec.decode(result);
  }

  private KvResult query(KvQuery query) {
    return KvResultCodec.decode(
        machine.query(new QueryContext(tablet, clock), KvQueryCodec.encode(query)));
  }

  private void plant(RecordRow row) {
    StorageBatch batch = tablet.newBatch();
    batch.put(RowKeys.record(RecordId.key(KEY)), row.encode());
    tablet.commit(batch);
  }

  private int expiryRows() {
    return rows(Keyspace.EXPIRY);
  }

  private int rows(Keyspace space) {
    int rows = 0;
    try (StorageCursor cursor = tablet.scan(space.range())) {
      while (cursor.next()) {
        rows++;
      }
    }
    return rows;
  }
}
