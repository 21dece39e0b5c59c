package io.raftwood.kv;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.raft.Slot;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Generates commands, queries and results of every kind from a seed. */
final class KvValues {
  private final SplittableRandom random;

  KvValues(long seed) {
    random = new SplittableRandom(seed);
  }

  KvCommand command() {
    switch (random.nextInt(5)) {
      case 0:
        RecordId id = id(RecordKind.of(random.nextInt(3)));
        Bytes value = id.kind() == RecordKind.SET_MEMBER ? Bytes.EMPTY : bytes(1, 300);
        return new KvCommand.Put(id, value, ttl(), version());
      case 1:
        ScoreChange change = ScoreChange.values()[random.nextInt(3)];
        return new KvCommand.SetScore(
            id(RecordKind.SORTED_SET_MEMBER), change, random.nextLong(), ttl(), version());
      case 2:
        return new KvCommand.Increment(
            id(RecordKind.HASH_FIELD), random.nextLong(), ttl(), version());
      case 3:
        return new KvCommand.Delete(id(anyKind()), version());
      default:
        return new KvCommand.PurgeExpired(1 + random.nextInt(KvLimits.PURGE_RECORDS_MAX));
    }
  }

  KvQuery query() {
    boolean flag = random.nextBoolean();
    switch (random.nextInt(11)) {
      case 0:
        return new KvQuery.Get(id(anyKind()));
      case 1:
        return new KvQuery.Exist(id(anyKind()));
      case 2:
        return new KvQuery.RangeByRank(table(), offset(), size(0), flag);
      case 3:
        return new KvQuery.RangeByScore(
            table(), random.nextLong(), random.nextLong(), offset(), size(0), flag);
      case 4:
        return new KvQuery.ListRecords(slots(), offset(), size(0), flag);
      case 5:
        RecordKind kind = RecordKind.of(1 + random.nextInt(3));
        return new KvQuery.ListTable(kind, table(), slots(), offset(), size(0), flag);
      case 6:
        Bytes table = random.nextBoolean() ? Bytes.EMPTY : table();
        return new KvQuery.Scan(table, bytes(0, 20), optional(() -> bytes(0, 60)), size(1), flag);
      case 7:
        return new KvQuery.CountAll();
      case 8:
        return new KvQuery.CountTable(table());
      case 9:
        return new KvQuery.Observe(id(anyKind()));
      default:
        return new KvQuery.CountTables(bytes(0, 70), size(1));
    }
  }

  KvResult result() {
    return random.nextInt(3) == 0 ? resultOfMany() : resultOfOne();
  }

  private KvResult resultOfOne() {
    switch (random.nextInt(12)) {
      case 0:
        return new KvResult.Stored(version());
      case 1:
        return new KvResult.Deleted(version());
      case 2:
        return new KvResult.Absent();
      case 3:
        return new KvResult.VersionMismatch(version());
      case 4:
        return new KvResult.Found(version(), random.nextLong(), bytes(0, 300));
      case 5:
        return new KvResult.Exists(version(), random.nextLong());
      case 6:
        return new KvResult.Purged(random.nextInt(10_001), random.nextBoolean());
      case 7:
        return new KvResult.WrongKind();
      case 8:
        return new KvResult.NotANumber();
      case 9:
        return new KvResult.OutOfRange();
      case 10:
        return observed();
      default:
        return new KvResult.Incremented(random.nextLong(), version());
    }
  }

  private KvResult observed() {
    List<KvResult> records =
        List.of(
            new KvResult.Absent(),
            new KvResult.WrongKind(),
            new KvResult.Found(version(), random.nextLong(), bytes(0, 300)));
    return new KvResult.Observed(
        random.nextLong(), random.nextLong(), records.get(random.nextInt(3)));
  }

  private KvResult resultOfMany() {
    boolean end = random.nextBoolean();
    switch (random.nextInt(4)) {
      case 0:
        List<Listed> records =
            listOf(() -> new Listed(id(anyKind()), version(), optional(() -> bytes(0, 30))));
        return new KvResult.Page(records, end, random.nextLong(), optional(() -> bytes(0, 60)));
      case 1:
        return new KvResult.PageTooLarge();
      case 2:
        return new KvResult.Totals(figures(), figures());
      default:
        return new KvResult.Tables(
            listOf(() -> new TableFigures(anyTablesKind(), table(), figures())), end);
    }
  }

  private <T> List<T> listOf(Supplier<T> next) {
    return Stream.generate(next).limit(random.nextInt(5)).collect(Collectors.toList());
  }

  SplittableRandom random() {
    return random;
  }

  private RecordId id(RecordKind kind) {
    Bytes table = kind.inTable() ? table() : Bytes.EMPTY;
    return new RecordId(kind, table, bytes(1, 40));
  }

  private RecordKind anyKind() {
    return RecordKind.of(random.nextInt(4));
  }

  private RecordKind anyTablesKind() {
    return RecordKind.of(1 + random.nextInt(3));
  }

  /** Any bytes but NUL. */
  private Bytes table() {
    byte[] table = bytes(1, KvLimits.TABLE_BYTES_MAX).toArray();
    for (int i = 0; i < table.length; i++) {
      table[i] = table[i] == 0 ? 1 : table[i];
    }
    return Bytes.wrap(table);
  }

  private Figures figures() {
    return new Figures(random.nextLong(), random.nextLong(), random.nextLong());
  }

  private SlotRange slots() {
    int from = random.nextInt(Slot.COUNT + 1);
    return new SlotRange(from, from + random.nextInt(Slot.COUNT + 1 - from));
  }

  private long offset() {
    return random.nextLong(KvLimits.OFFSET_MAX + 1) >>> random.nextInt(27);
  }

  private int size(int least) {
    return least + random.nextInt(KvLimits.PAGE_RECORDS_MAX + 1 - least);
  }

  private long ttl() {
    return random.nextLong(Long.MAX_VALUE) >>> random.nextInt(63);
  }

  private long version() {
    return random.nextLong(KvLimits.VERSION_MAX + 1) >>> random.nextInt(33);
  }

  private <T> Optional<T> optional(Supplier<T> next) {
    return random.nextBoolean() ? Optional.of(next.get()) : Optional.empty();
  }

  private Bytes bytes(int least, int most) {
    byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
