package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.raft.AppliedEntry;
import io.raftwood.raft.Command;
import io.raftwood.raft.EntryApplier;
import io.raftwood.raft.EntryCodec;
import io.raftwood.raft.KernelCommand;
import io.raftwood.raft.Position;
import io.raftwood.raft.StateHash;
import io.raftwood.raft.TestFault;
import io.raftwood.raft.TestFaultSwitch;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * One log, applied in many ways: however it is split into batches and wherever the process dies,
 * rows, results and hashes are the same.
 */
class EntryApplierReplayTest {
  private static final long TERM = 3;

  /** What a run of the whole log leaves behind. */
  private record Outcome(
      List<List<Bytes>> results, List<StateHash> atBarriers, List<Bytes> rows, StateHash hash) {}

  @Test
  void isTheSameInEverySplitWithARestartAtEveryPoint() {
    for (long seed = 1; seed <= 3; seed++) {
      List<Bytes> log = log(new SplittableRandom(seed), 8, 4);
      Outcome expected = new Replica(log).run(new BitSet(), new BitSet());
      for (long split = 0; split < 1L << log.size(); split++) {
        BitSet commits = BitSet.valueOf(new long[] {split});
        assertSameWithADeathAnywhere(seed, log, commits, expected);
      }
    }
  }

  private static void assertSameWithADeathAnywhere(
      long seed, List<Bytes> log, BitSet commits, Outcome expected) {
    for (int death = 0; death <= log.size(); death++) {
      BitSet deaths = new BitSet();
      deaths.set(death);
      assertThat(new Replica(log).run(commits, deaths))
          .as("seed %d split %s death before %d", seed, commits, death)
          .isEqualTo(expected);
    }
  }

  @Test
  void isTheSameInRandomSplitsWithManyRestarts() {
    for (long seed = 1; seed <= 5; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Bytes> log = log(random, 600, 12);
      Outcome expected = new Replica(log).run(new BitSet(), new BitSet());
      assertThat(expected.rows().size()).isGreaterThan(40);
      for (int run = 0; run < 20; run++) {
        BitSet commits = randomBits(random, log.size(), 1 + random.nextInt(40));
        BitSet deaths = randomBits(random, log.size(), 5 + random.nextInt(200));
        assertThat(new Replica(log).run(commits, deaths))
            .as("seed %d run %d", seed, run)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void isTheSameFromARestartBeforeEachEntryOfALongLog() {
    List<Bytes> log = log(new SplittableRandom(8), 400, 12);
    Outcome expected = new Replica(log).run(new BitSet(), new BitSet());
    BitSet all = new BitSet();
    all.set(0, log.size());
    assertThat(new Replica(log).run(all, all)).isEqualTo(expected);
  }

  /** Negative control: without it the other tests say nothing about the applied index. */
  @Test
  void anAppliedIndexThatIsStoredApartIsNoticed() {
    List<Bytes> log = log(new SplittableRandom(8), 400, 12);
    Outcome expected = new Replica(log).run(new BitSet(), new BitSet());
    BitSet all = new BitSet();
    all.set(0, log.size());
    TestFaultSwitch.with(
        TestFault.APPLIED_INDEX_APART,
        () ->
            assertThatThrownBy(() -> assertThat(new Replica(log).run(all, all)).isEqualTo(expected))
                .isInstanceOf(AssertionError.class));
  }

  /** Negative control: replicas whose machine reads their own clocks are told by their hashes. */
  @Test
  void aMachineThatReadsTheWallClockIsNoticed() {
    List<Bytes> log = log(new SplittableRandom(8), 400, 12);
    TestFaultSwitch.with(
        TestFault.WALL_CLOCK,
        () -> {
          StateHash one = new Replica(log).run(new BitSet(), new BitSet()).hash();
          StateHash other = new Replica(log).run(new BitSet(), new BitSet()).hash();
          assertThat(one).isNotEqualTo(other);
        });
  }

  private static BitSet randomBits(SplittableRandom random, int size, int oneIn) {
    BitSet bits = new BitSet();
    for (int i = 0; i < size; i++) {
      bits.set(i, random.nextInt(oneIn) == 0);
    }
    return bits;
  }

  /** A replica that commits after the given entries and dies before the given ones. */
  private static final class Replica {
    private final List<Bytes> log;
    private final InMemoryTablet tablet = new InMemoryTablet("g");
    private final List<List<Bytes>> results = new ArrayList<>();
    private final List<StateHash> atBarriers = new ArrayList<>();
    private EntryApplier applier = new EntryApplier(List.of(new KvMachine()));
    private StorageBatch batch = tablet.newBatch();

    Replica(List<Bytes> log) {
      this.log = log;
    }

    Outcome run(BitSet commits, BitSet deaths) {
      for (int i = 0; i < log.size(); i++) {
        if (deaths.get(i)) {
          die(i);
        }
        apply(i);
        if (commits.get(i)) {
          commit();
        }
      }
      if (deaths.get(log.size())) {
        die(log.size());
      }
      commit();
      return new Outcome(results, atBarriers, rows(), StateHash.of(tablet));
    }

    /** What was not committed is lost; the log is replayed from before what was. */
    private void die(int next) {
      batch = tablet.newBatch();
      applier = new EntryApplier(List.of(new KvMachine()));
      applier.load(tablet);
      int durable = (int) applier.position().index();
      assertThat(Position.read(tablet)).isEqualTo(applier.position());
      for (int i = Math.max(0, durable - 3); i < next; i++) {
        apply(i);
        commit();
      }
    }

    private void apply(int i) {
      boolean known = i < applier.position().index();
      AppliedEntry applied = applier.apply(batch, i + 1, TERM, log.get(i));
      assertThat(applied.skipped()).isEqualTo(known);
      if (!known) {
        record(i, applied);
      }
    }

    /** A replayed entry must give what it gave before. */
    private void record(int i, AppliedEntry applied) {
      if (i < results.size()) {
        assertThat(applied.results()).isEqualTo(results.get(i));
      } else {
        results.add(applied.results());
      }
      if (applied.barrier().isPresent()) {
        commit();
        int number = (int) applied.barrier().getAsLong();
        if (number == atBarriers.size()) {
          atBarriers.add(StateHash.of(tablet));
        } else {
          assertThat(StateHash.of(tablet)).isEqualTo(atBarriers.get(number));
        }
      }
    }

    private void commit() {
      tablet.commit(batch);
      batch = tablet.newBatch();
    }

    private List<Bytes> rows() {
      List<Bytes> rows = new ArrayList<>();
      try (StorageCursor cursor = tablet.scan(KeyRange.ALL)) {
        while (cursor.next()) {
          rows.add(cursor.key());
          rows.add(cursor.value());
        }
      }
      return rows;
    }
  }

  /** Entries of all commands, retries and barriers; stamps leap, stand and fall back. */
  private static List<Bytes> log(SplittableRandom random, int entries, int commandsMax) {
    List<Bytes> log = new ArrayList<>();
    long clock = 1_700_000_000_000L;
    int barriers = 0;
    for (int i = 0; i < entries; i++) {
      clock += random.nextInt(1 << random.nextInt(1, 19)) - 2_000;
      if (random.nextInt(10) == 0) {
        Command barrier = new KernelCommand.Barrier(barriers++).toCommand();
        log.add(EntryCodec.encode(clock, List.of(barrier)));
      } else {
        Command[] commands = new Command[1 + random.nextInt(commandsMax)];
        Arrays.setAll(commands, unused -> command(random));
        log.add(EntryCodec.encode(clock, List.of(commands)));
      }
    }
    return log;
  }

  private static Command command(SplittableRandom random) {
    Optional<Bytes> idempotencyKey =
        random.nextInt(3) == 0
            ? Optional.of(Bytes.utf8("retry" + random.nextInt(30)))
            : Optional.empty();
    return new Command(KvCommand.FAMILY, idempotencyKey, KvCommandCodec.encode(kvCommand(random)));
  }

  /** Every command on few names, so that all of them meet within an entry and across entries. */
  private static KvCommand kvCommand(SplittableRandom random) {
    RecordId id = id(random);
    long expected = random.nextInt(3) == 0 ? random.nextInt(4) : 0;
    long ttl = random.nextBoolean() ? 0 : random.nextInt(2000);
    switch (random.nextInt(7)) {
      case 0:
        return new KvCommand.Delete(id, expected);
      case 1:
        return new KvCommand.PurgeExpired(1 + random.nextInt(4));
      default:
        return write(random, id, ttl, expected);
    }
  }

  private static RecordId id(SplittableRandom random) {
    RecordKind kind = RecordKind.values()[random.nextInt(4)];
    Bytes name = Bytes.utf8("name" + random.nextInt(25));
    // One table in five is of whatever kind comes first.
    Bytes table = Bytes.utf8(random.nextInt(5) == 0 ? "any" : "t" + kind.letter());
    return kind == RecordKind.KEY ? RecordId.key(name) : new RecordId(kind, table, name);
  }

  private static KvCommand write(SplittableRandom random, RecordId id, long ttl, long expected) {
    switch (id.kind()) {
      case SORTED_SET_MEMBER:
        ScoreChange change = ScoreChange.values()[random.nextInt(3)];
        return new KvCommand.SetScore(id, change, random.nextInt(-3, 4), ttl, expected);
      case SET_MEMBER:
        return new KvCommand.Put(id, Bytes.EMPTY, ttl, expected);
      case HASH_FIELD:
        return random.nextBoolean()
            ? new KvCommand.Increment(id, random.nextLong() >> random.nextInt(64), ttl, expected)
            : new KvCommand.Put(id, Bytes.utf8("" + random.nextInt()), ttl, expected);
      default:
        return new KvCommand.Put(id, Bytes.utf8("value" + random.nextInt()), ttl, expected);
    }
  }

  /**
   * Members come, change their scores, expire and go; hundreds of them, so that the index over the
   * scores is split and merged, and each purge removes what other entries and batches wrote.
   */
  @Test
  void isTheSameForALargeSortedSetThatExpiresAcrossBatches() {
    SplittableRandom random = new SplittableRandom(77);
    List<Bytes> log = sortedSetLog(random);
    Outcome expected = new Replica(log).run(new BitSet(), new BitSet());
    assertThat(purged(expected)).isGreaterThan(500);
    for (int run = 0; run < 12; run++) {
      BitSet commits = randomBits(random, log.size(), 1 + 3 * run);
      BitSet deaths = randomBits(random, log.size(), 40);
      assertThat(new Replica(log).run(commits, deaths)).as("run %d", run).isEqualTo(expected);
    }
  }

  private static List<Bytes> sortedSetLog(SplittableRandom random) {
    List<Bytes> log = new ArrayList<>();
    long clock = 1_700_000_000_000L;
    for (int i = 0; i < 300; i++) {
      clock += random.nextInt(400);
      Command[] commands = new Command[1 + random.nextInt(30)];
      Arrays.setAll(commands, unused -> Command.of(KvCommand.FAMILY, scoring(random)));
      log.add(EntryCodec.encode(clock, List.of(commands)));
    }
    return log;
  }

  private static Bytes scoring(SplittableRandom random) {
    Bytes member = Bytes.of(random.nextInt(3), random.nextInt(256));
    RecordId id = RecordId.scored(Bytes.utf8("z"), member);
    switch (random.nextInt(8)) {
      case 0:
        return KvCommandCodec.encode(new KvCommand.PurgeExpired(1 + random.nextInt(20)));
      case 1:
        return KvCommandCodec.encode(new KvCommand.Delete(id, 0));
      default:
        long ttl = random.nextInt(4) == 0 ? 0 : 1 + random.nextInt(40);
        ScoreChange change = ScoreChange.values()[random.nextInt(3)];
        return KvCommandCodec.encode(
            new KvCommand.SetScore(id, change, random.nextInt(-100, 100), ttl, 0));
    }
  }

  private static long purged(Outcome outcome) {
    return outcome.results().stream()
        .flatMap(List::stream)
        .map(KvResultCodec::decode)
        .filter(result -> result instanceof KvResult.Purged)
        .mapToLong(result -> ((KvResult.Purged) result).removed())
        .sum();
  }
}
