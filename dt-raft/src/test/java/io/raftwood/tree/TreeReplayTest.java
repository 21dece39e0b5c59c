package io.raftwood.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.raft.AppliedEntry;
import io.raftwood.raft.EntryApplier;
import io.raftwood.raft.StateHash;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletStore;
import io.raftwood.storage.rocksdb.RocksDbSettings;
import io.raftwood.storage.rocksdb.RocksDbTabletStore;
import io.raftwood.tree.structure.RowChecker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Invariants 12 and 13: one log, applied in many ways. However it is split into batches, wherever
 * the process dies, and whether a replica replays or takes a snapshot, rows and results are the
 * same; and what stands between two batches is sound.
 */
class TreeReplayTest {
  private static final long TERM = 3;

  @TempDir private Path directory;

  /** What a run of the whole log leaves behind. */
  private record Outcome(List<List<Bytes>> results, StateHash rows) {}

  @Test
  void invariants12And13HoldInEverySplitWithADeathAtEveryBoundary() {
    for (long seed = 1; seed <= 3; seed++) {
      List<Bytes> log = TreeLog.random(new SplittableRandom(seed), 6, 8);
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
  void invariants12And13HoldInRandomSplitsWithManyDeaths() {
    for (long seed = 1; seed <= 4; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Bytes> log = TreeLog.random(random, 400, 12);
      Outcome expected = new Replica(log).run(new BitSet(), new BitSet());
      assertThat(expected.rows().rows()).isGreaterThan(50);
      for (int run = 0; run < 12; run++) {
        BitSet commits = bits(random, log.size(), 1 + random.nextInt(20));
        BitSet deaths = bits(random, log.size(), 5 + random.nextInt(100));
        assertThat(new Replica(log).run(commits, deaths))
            .as("seed %d run %d", seed, run)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void invariant12HoldsForASnapshotTakenAnywhereAndTheLogBehindIt() {
    SplittableRandom random = new SplittableRandom(5);
    List<Bytes> log = TreeLog.random(random, 200, 12);
    Outcome expected = new Replica(log).run(new BitSet(), new BitSet());
    for (int taken = 0; taken <= log.size(); taken += 1 + random.nextInt(12)) {
      Replica source = new Replica(log);
      source.applyAll(0, taken);
      Path snapshot = directory.resolve("snapshot-" + taken);
      source.tablet.checkpoint(snapshot);
      Replica installed = new Replica(log, InMemoryTablet.load("g", 1, snapshot));
      installed.applyAll(taken, log.size());
      assertThat(StateHash.of(installed.tablet)).as("taken at %d", taken).isEqualTo(expected.rows);
    }
  }

  @Test
  void invariant12HoldsOnRocksDbThroughRestartAndInstalledSnapshot() {
    List<Bytes> log = TreeLog.random(new SplittableRandom(6), 300, 12);
    Outcome expected = new Replica(log).run(new BitSet(), new BitSet());
    Path snapshot = directory.resolve("snapshot");
    try (TabletStore store =
        new RocksDbTabletStore(directory.resolve("a"), RocksDbSettings.DEFAULT)) {
      try (Tablet tablet = store.open("g")) {
        new Replica(log, tablet).applyAll(0, 120);
      }
      try (Tablet tablet = store.open("g")) {
        Replica replica = new Replica(log, tablet);
        assertThat(replica.applier.position().index()).isEqualTo(120);
        replica.applyAll(100, 200);
        tablet.checkpoint(snapshot);
        replica.applyAll(200, log.size());
        assertThat(StateHash.of(tablet)).isEqualTo(expected.rows);
      }
    }
    try (TabletStore store =
            new RocksDbTabletStore(directory.resolve("b"), RocksDbSettings.DEFAULT);
        Tablet tablet = store.install("g", snapshot)) {
      new Replica(log, tablet).applyAll(200, log.size());
      assertThat(StateHash.of(tablet)).isEqualTo(expected.rows);
    }
  }

  private static BitSet bits(SplittableRandom random, int size, int oneIn) {
    BitSet bits = new BitSet();
    for (int i = 0; i < size; i++) {
      bits.set(i, random.nextInt(oneIn) == 0);
    }
    return bits;
  }

  /** A replica that commits after the given entries and dies before the given ones. */
  private static final class Replica {
    private final List<Bytes> log;
    private final Tablet tablet;
    private final List<List<Bytes>> results = new ArrayList<>();
    private EntryApplier applier;
    private StorageBatch batch;

    Replica(List<Bytes> log) {
      this(log, new InMemoryTablet("g"));
    }

    Replica(List<Bytes> log, Tablet tablet) {
      this.log = log;
      this.tablet = tablet;
      applier = new EntryApplier(List.of(new TreeMachine()));
      applier.load(tablet);
      batch = tablet.newBatch();
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
      return new Outcome(results, StateHash.of(tablet));
    }

    void applyAll(int from, int to) {
      for (int i = from; i < to; i++) {
        apply(i);
        commit();
      }
    }

    /** What was not committed is lost; the log is replayed from before what was. */
    private void die(int next) {
      batch = tablet.newBatch();
      applier = new EntryApplier(List.of(new TreeMachine()));
      applier.load(tablet);
      int durable = (int) applier.position().index();
      for (int i = Math.max(0, durable - 3); i < next; i++) {
        apply(i);
        commit();
      }
    }

    private void apply(int i) {
      AppliedEntry applied = applier.apply(batch, i + 1, TERM, log.get(i));
      if (applied.skipped()) {
        return;
      }
      if (i < results.size()) {
        assertThat(applied.results()).isEqualTo(results.get(i));
      } else {
        results.add(applied.results());
      }
    }

    private void commit() {
      tablet.commit(batch);
      batch = tablet.newBatch();
      RowChecker.check(tablet);
    }
  }
}
