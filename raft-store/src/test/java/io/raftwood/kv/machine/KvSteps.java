package io.raftwood.kv.machine;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.KvModel;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.kv.SlotRange;
import io.raftwood.raft.Slot;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Random commands and queries on few tables and few names, so that they meet: kinds that contend
 * for a table's name, names that are prefixes of each other or hold NUL and 0xff, expiry, scores
 * and counters at their limits.
 */
final class KvSteps {
  private static final Bytes[] TABLES = {
    Bytes.utf8("t"), Bytes.utf8("t0"), Bytes.utf8("t\u0001"), Bytes.of('t', 0xff), Bytes.of(0xff)
  };

  /** A sorted set that is never emptied: of hundreds of members, so that its index has levels. */
  private static final Bytes LARGE = Bytes.utf8("large");

  private static final Bytes[] NAMES = {
    Bytes.utf8("a"),
    Bytes.utf8("a\0"),
    Bytes.utf8("a\0\0"),
    Bytes.utf8("ab"),
    Bytes.of('a', 0xff),
    Bytes.of('a', 0xff, 0xff),
    Bytes.of(0),
    Bytes.of(0, 0),
    Bytes.of(0xff),
    Bytes.of(0xff, 0),
    Bytes.utf8("t"),
    Bytes.utf8("t\0a"),
    Bytes.utf8("b"),
    Bytes.utf8("a longer name that many others do not share"),
  };
  private static final Bytes[] PREFIXES = {
    Bytes.utf8("a"), Bytes.utf8("a\0"), Bytes.of('a', 0xff), Bytes.of(0xff), Bytes.of(0)
  };
  private static final String[] TEXTS = {
    "0",
    "-0",
    "7 ",
    "-12\n",
    "007",
    "7  ",
    " 7",
    "+7",
    "",
    "-",
    "1.5",
    "text",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "00000000000000000001",
    "99999999999999999999"
  };
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    -2,
    100,
    -100,
    Long.MAX_VALUE,
    Long.MAX_VALUE - 1,
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    1L << 32,
    -(1L << 32)
  };
  private static final long[] TTLS = {
    0,
    0,
    0,
    1,
    2,
    5,
    20,
    100,
    KvLimits.TTL_SECONDS_MAX,
    KvLimits.TTL_SECONDS_MAX + 1,
    Long.MAX_VALUE
  };

  private final SplittableRandom random;
  private final KvModel model;

  /** The table that is being emptied, record by record, so that another kind may take its name. */
  private Optional<Bytes> drained = Optional.empty();

  /** Steps that look at {@code model} only to hit what is there more often. */
  KvSteps(SplittableRandom random, KvModel model) {
    this.random = random;
    this.model = model;
  }

  KvCommand command() {
    if (drained.isEmpty() && random.nextInt(60) == 0) {
      drained = Optional.of(of(TABLES));
    }
    Optional<RecordId> next = drained.flatMap(this::liveIn);
    if (next.isPresent() && random.nextInt(8) > 0) {
      return new KvCommand.Delete(next.get(), 0);
    }
    drained = next.isPresent() ? drained : Optional.empty();
    return anyCommand();
  }

  private Optional<RecordId> liveIn(Bytes table) {
    return model.records().stream()
        .map(KvModel.Held::id)
        .filter(id -> id.table().equals(table) && model.live(id).isPresent())
        .findFirst();
  }

  private KvCommand anyCommand() {
    switch (random.nextInt(12)) {
      case 0, 1, 2, 3 -> {
        return put();
      }
      case 4, 5 -> {
        RecordId id = scored();
        return new KvCommand.SetScore(
            id, of(ScoreChange.values()), number(), ttl(), expectedVersion(id));
      }
      case 6, 7 -> {
        RecordId id = RecordId.field(table(RecordKind.HASH_FIELD), name());
        return new KvCommand.Increment(id, number(), ttl(), expectedVersion(id));
      }
      case 8 -> {
        return new KvCommand.PurgeExpired(1 + random.nextInt(6));
      }
      default -> {
        RecordId id = random.nextInt(12) == 0 ? scored() : id(of(RecordKind.values()));
        return new KvCommand.Delete(id, expectedVersion(id));
      }
    }
  }

  private KvCommand put() {
    RecordId id = id(RecordKind.values()[random.nextInt(3)]);
    return new KvCommand.Put(id, value(id.kind()), ttl(), expectedVersion(id));
  }

  KvQuery query() {
    switch (random.nextInt(12)) {
      case 0, 1 -> {
        return new KvQuery.Get(id(of(RecordKind.values())));
      }
      case 2 -> {
        return new KvQuery.Exist(id(of(RecordKind.values())));
      }
      case 3, 4 -> {
        return new KvQuery.RangeByRank(sortedSet(), offset(), size(), random.nextBoolean());
      }
      case 5, 6 -> {
        return rangeByScore();
      }
      case 7, 8 -> {
        return new KvQuery.ListRecords(slots(), offset(), size(), random.nextBoolean());
      }
      case 9 -> {
        RecordKind kind = RecordKind.values()[1 + random.nextInt(3)];
        return new KvQuery.ListTable(
            kind, table(kind), slots(), offset(), size(), random.nextBoolean());
      }
      default -> {
        return count();
      }
    }
  }

  private KvQuery rangeByScore() {
    long one = number();
    long other = number();
    boolean ordered = random.nextInt(10) > 0;
    return new KvQuery.RangeByScore(
        sortedSet(),
        ordered ? Math.min(one, other) : one,
        ordered ? Math.max(one, other) : other,
        offset(),
        size(),
        random.nextBoolean());
  }

  private KvQuery count() {
    switch (random.nextInt(3)) {
      case 0:
        return new KvQuery.CountAll();
      case 1:
        return new KvQuery.CountTable(of(TABLES));
      default:
        Bytes after =
            random.nextBoolean() ? Bytes.EMPTY : random.nextBoolean() ? of(TABLES) : name();
        return new KvQuery.CountTables(after, 1 + random.nextInt(6));
    }
  }

  /** A scan from the beginning. */
  KvQuery.Scan scan() {
    Bytes table = random.nextInt(3) == 0 ? Bytes.EMPTY : of(TABLES);
    // With a prefix the keys of all 1024 slots are looked up one by one.
    boolean prefixed = random.nextInt(table.isEmpty() ? 10 : 2) == 0;
    Bytes prefix = prefixed ? of(PREFIXES) : Bytes.EMPTY;
    int size = 1 + random.nextInt(5);
    return new KvQuery.Scan(table, prefix, Optional.empty(), size, random.nextBoolean());
  }

  private RecordId id(RecordKind kind) {
    Bytes table = kind == RecordKind.KEY ? Bytes.EMPTY : table(kind);
    return new RecordId(kind, table, name());
  }

  private RecordId scored() {
    return random.nextBoolean()
        ? RecordId.scored(LARGE, Bytes.of(random.nextInt(2), random.nextInt(200)))
        : RecordId.scored(table(RecordKind.SORTED_SET_MEMBER), name());
  }

  private Bytes sortedSet() {
    return random.nextInt(3) == 0 ? LARGE : table(RecordKind.SORTED_SET_MEMBER);
  }

  /** Mostly a table of the kind, or one that has none yet. */
  private Bytes table(RecordKind kind) {
    Bytes table = of(TABLES);
    for (int tries = 0; tries < 4 && model.kindOf(table).orElse(kind) != kind; tries++) {
      table = of(TABLES);
    }
    return table;
  }

  private Bytes name() {
    return of(NAMES);
  }

  private Bytes value(RecordKind kind) {
    if (kind == RecordKind.SET_MEMBER) {
      return Bytes.EMPTY;
    }
    Bytes text = Bytes.utf8(of(TEXTS));
    return text.isEmpty() ? Bytes.wrap(new byte[1 + random.nextInt(2200)]) : text;
  }

  private long expectedVersion(RecordId id) {
    switch (random.nextInt(6)) {
      case 0:
        return random.nextInt(1, 5);
      case 1:
        return model.live(id).map(KvModel.Held::version).orElse(0L);
      default:
        return 0;
    }
  }

  private long number() {
    return random.nextInt(3) == 0 ? NUMBERS[random.nextInt(NUMBERS.length)] : random.nextInt(-4, 5);
  }

  private long ttl() {
    return TTLS[random.nextInt(TTLS.length)];
  }

  private long offset() {
    int far = random.nextInt(20);
    return far == 0 ? KvLimits.OFFSET_MAX : far < 4 ? random.nextInt(300) : random.nextInt(8);
  }

  private int size() {
    return random.nextInt(8) == 0 ? KvLimits.PAGE_RECORDS_MAX : random.nextInt(5);
  }

  /** Mostly few slots, around one that is in use: all 1024 take long to walk. */
  private SlotRange slots() {
    if (random.nextInt(300) == 0) {
      return SlotRange.ALL;
    }
    int from =
        Math.max(0, Slot.of(random.nextBoolean() ? name() : of(TABLES)) - random.nextInt(16));
    return new SlotRange(from, Math.min(Slot.COUNT, from + random.nextInt(24)));
  }

  private <T> T of(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
