package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.kv.RecordId;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.rocksdb.RocksDbSettings;
import io.raftwood.storage.rocksdb.RocksDbTabletStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What pages of a large sorted set cost, anywhere in it; a million members by {@code -Dmembers}.
 */
class SortedSetCostIT {
  private static final int MEMBERS = Integer.getInteger("members", 200_000);
  private static final int PER_COMMIT = 500;
  private static final int PAGE = 100;
  private static final int ROUNDS = 301;
  private static final Bytes TABLE = Bytes.utf8("zt");
  private static final long CLOCK = 1_700_000_000_000L;

  private final KvMachine machine = new KvMachine();
  private final SplittableRandom random = new SplittableRandom(8);

  @Test
  void aPageAnywhereCostsAtMostTwiceTheFirst(@TempDir Path directory) {
    try (RocksDbTabletStore store = new RocksDbTabletStore(directory, RocksDbSettings.DEFAULT);
        Tablet tablet = store.open("g")) {
      fill(tablet);
      try (StorageSnapshot view = tablet.snapshot()) {
        QueryContext context = new QueryContext(view, CLOCK);
        List<LongSupplier> pages =
            List.of(
                () -> rankPage(context, 0),
                () -> rankPage(context, random.nextInt(MEMBERS - PAGE)),
                () -> scorePage(context, random.nextInt(MEMBERS / 2)),
                () -> rankPage(context, MEMBERS - PAGE));
        measure(pages); // warms up
        long[] medians = measure(pages);
        long first = medians[0];
        long anyRank = medians[1];
        long anyScore = medians[2];
        long last = medians[3];
        System.out.printf(
            "page of %d among %d, ns of CPU: first %d, any rank %d, any score %d, last %d%n",
            PAGE, MEMBERS, first, anyRank, anyScore, last);
        assertThat(anyRank).isLessThan(2 * first);
        assertThat(anyScore).isLessThan(2 * first);
        assertThat(last).isLessThan(2 * first);
      }
    }
  }

  private void fill(Tablet tablet) {
    for (int done = 0; done < MEMBERS; done += PER_COMMIT) {
      StorageBatch batch = tablet.newBatch();
      for (int i = done; i < done + PER_COMMIT; i++) {
        // A permutation of the scores: 7,368,787 has no factor in common with a power of ten.
        long score = i * 7_368_787L % MEMBERS / 2;
        RecordId member = RecordId.scored(TABLE, Bytes.utf8("member" + i));
        KvCommand command = new KvCommand.SetScore(member, ScoreChange.SET, score, 0, 0);
        machine.apply(new ApplyContext(batch, i + 1L, CLOCK), KvCommandCodec.encode(command));
      }
      tablet.commit(batch);
    }
    tablet.flush();
  }

  private long rankPage(QueryContext context, long rank) {
    return page(context, new KvQuery.RangeByRank(TABLE, rank, PAGE, true));
  }

  private long scorePage(QueryContext context, long min) {
    return page(context, new KvQuery.RangeByScore(TABLE, min, MEMBERS, 0, PAGE, true));
  }

  /** The CPU time of one page, in nanoseconds. */
  private long page(QueryContext context, KvQuery query) {
    Bytes encoded = KvQueryCodec.encode(query);
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Bytes result = machine.query(context, encoded);
    long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    KvResult page = KvResultCodec.decode(result);
    assertThat(((KvResult.Page) page).records().size()).isPositive();
    return spent;
  }

  /** The median of each, measured in turn, so that a noisy moment concerns all of them. */
  private static long[] measure(List<LongSupplier> pages) {
    long[][] spent = new long[pages.size()][ROUNDS];
    for (int i = 0; i < ROUNDS * pages.size(); i++) {
      int page = i % pages.size();
      spent[page][i / pages.size()] = pages.get(page).getAsLong();
    }
    return Arrays.stream(spent).mapToLong(SortedSetCostIT::median).toArray();
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
