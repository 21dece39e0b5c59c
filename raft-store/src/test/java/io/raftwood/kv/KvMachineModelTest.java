package io.raftwood.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.raft.Slot;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The machine against a plain map that knows nothing of rows, batches or indexes. */
class KvMachineModelTest {
  private static final long SEED = 20261121;
  private static final int STEPS = 100_000;
  private static final int KEYS = 60;
  private static final long[] TTLS = {
    0, 0, 1, 2, 5, 20, 100, KvLimits.TTL_SECONDS_MAX, KvLimits.TTL_SECONDS_MAX + 1
  };

  /** What the model keeps of a record, expired ones included until they are purged. */
  private record Held(long version, long modRevision, long expiry, Bytes value) {}

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<Bytes, Held> model = new HashMap<>();
  private final InMemoryTablet tablet = new InMemoryTablet("g");
  private final KvMachine machine = new KvMachine();
  private StorageBatch batch = tablet.newBatch();
  private long clock = 1_700_000_000_000L;
  private long revision;

  @Test
  void agreesWithAPlainMap() {
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(4) == 0) {
        clock += random.nextInt(1 << random.nextInt(1, 15));
      }
      if (random.nextInt(8) == 0) {
        tablet.commit(batch);
        batch = tablet.newBatch();
      }
      step(step);
      if (step % 2000 == 0) {
        assertThat(rows()).as("seed %d step %d", SEED, step).isEqualTo(modelRows());
      }
    }
    assertThat(revision).isGreaterThan(STEPS / 2);
  }

  private void step(int step) {
    Bytes key = Bytes.utf8("key" + random.nextInt(KEYS));
    switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> checkCommand(step, putOf(key));
      case 4, 5 -> checkCommand(step, new KvCommand.Delete(key, expectedVersion(key)));
      case 6 -> checkCommand(step, new KvCommand.PurgeExpired(1 + random.nextInt(6)));
      case 7 -> checkQuery(step, new KvQuery.Exist(key));
      default -> checkQuery(step, new KvQuery.Get(key));
    }
  }

  private KvCommand.Put putOf(Bytes key) {
    Bytes value = Bytes.utf8("value " + random.nextInt(1000));
    return new KvCommand.Put(key, value, TTLS[random.nextInt(TTLS.length)], expectedVersion(key));
  }

  private long expectedVersion(Bytes key) {
    int kind = random.nextInt(4);
    return kind <= 1 ? 0 : kind == 2 ? liveVersion(key) : random.nextInt(1, 5);
  }

  private void checkCommand(int step, KvCommand command) {
    revision++;
    KvResult expected = command.dispatch(new Model());
    Bytes result =
        machine.apply(new ApplyContext(batch, revision, clock), KvCommandCodec.encode(command));
    assertThat(KvResultCodec.decode(result))
        .as("seed %d step %d %s", SEED, step, command)
        .isEqualTo(expected);
  }

  private void checkQuery(int step, KvQuery query) {
    KvResult expected = query.dispatch(new Model());
    Bytes result = machine.query(new QueryContext(batch, clock), KvQueryCodec.encode(query));
    assertThat(KvResultCodec.decode(result))
        .as("seed %d step %d %s", SEED, step, query)
        .isEqualTo(expected);
  }

  private boolean isExpired(Held held) {
    return held.expiry != 0 && held.expiry <= clock;
  }

  private long liveVersion(Bytes key) {
    Held held = model.get(key);
    return held == null || isExpired(held) ? 0 : held.version;
  }

  private final class Model implements KvCommand.Handler<KvResult>, KvQuery.Handler<KvResult> {
    @Override
    public KvResult put(KvCommand.Put command) {
      long version = liveVersion(command.key());
      if (command.expectedVersion() != 0 && command.expectedVersion() != version) {
        return new KvResult.VersionMismatch(version);
      }
      long ttl = command.ttlSeconds();
      long expiry = ttl == 0 || ttl > 30 * 24 * 3600 ? 0 : clock + ttl * 1000;
      model.put(command.key(), new Held(version + 1, revision, expiry, command.value()));
      return new KvResult.Stored(version + 1);
    }

    @Override
    public KvResult delete(KvCommand.Delete command) {
      long version = liveVersion(command.key());
      if (version == 0) {
        return new KvResult.Absent();
      }
      if (command.expectedVersion() != 0 && command.expectedVersion() != version) {
        return new KvResult.VersionMismatch(version);
      }
      model.remove(command.key());
      return new KvResult.Deleted(version);
    }

    @Override
    public KvResult purgeExpired(KvCommand.PurgeExpired command) {
      List<Bytes> expired = new ArrayList<>();
      model.forEach(
          (key, held) -> {
            if (isExpired(held)) {
              expired.add(key);
            }
          });
      Comparator<Bytes> byTime = Comparator.comparing(key -> model.get(key).expiry);
      expired.sort(byTime.thenComparing(Slot::of).thenComparing(Comparator.naturalOrder()));
      int removed = Math.min(expired.size(), command.limit());
      expired.subList(0, removed).forEach(model::remove);
      return new KvResult.Purged(removed, expired.size() > removed);
    }

    @Override
    public KvResult get(KvQuery.Get query) {
      Held held = model.get(query.key());
      return liveVersion(query.key()) == 0
          ? new KvResult.Absent()
          : new KvResult.Found(held.version, held.modRevision, held.value);
    }

    @Override
    public KvResult exist(KvQuery.Exist query) {
      return liveVersion(query.key()) == 0
          ? new KvResult.Absent()
          : new KvResult.Exists(liveVersion(query.key()), model.get(query.key()).modRevision);
    }
  }

  private Map<Bytes, Bytes> rows() {
    Map<Bytes, Bytes> rows = new TreeMap<>();
    try (StorageCursor cursor = batch.scan(KeyRange.ALL)) {
      while (cursor.next()) {
        rows.put(cursor.key(), cursor.value());
      }
    }
    return rows;
  }

  private Map<Bytes, Bytes> modelRows() {
    Map<Bytes, Bytes> rows = new TreeMap<>();
    model.forEach(
        (key, held) -> {
          Bytes rowKey = RowKeys.record(key);
          RecordRow row = new RecordRow(held.version, held.modRevision, held.expiry, held.value);
          rows.put(rowKey, row.encode());
          if (held.expiry != 0) {
            rows.put(RowKeys.expiry(held.expiry, rowKey), Bytes.EMPTY);
          }
        });
    return rows;
  }
}
