package io.raftwood.cache.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.cache.CacheCommand;
import io.raftwood.cache.CacheCommandCodec;
import io.raftwood.cache.CacheId;
import io.raftwood.cache.CacheQuery;
import io.raftwood.cache.CacheQueryCodec;
import io.raftwood.cache.CacheResult;
import io.raftwood.cache.CacheResultCodec;
import io.raftwood.fixtures.CacheModel;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.Command;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.OverlayBatch;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CacheMachineTest {
  private static final long SEED = 20261122;

  private final CacheActivity activity = new CacheActivity();
  private final CacheMachine machine = new CacheMachine(activity);
  private final SortedMapView store = new SortedMapView();
  private OverlayBatch batch = new OverlayBatch(store);
  private long revision;
  private long clock = 1_700_000_000_000L;

  @Test
  void agreesWithPlainMapsStepByStepAndRowByRow() {
    SplittableRandom random = new SplittableRandom(SEED);
    CacheSteps steps = new CacheSteps(random);
    CacheModel model = new CacheModel();
    for (int step = 0; step < 40_000; step++) {
      String where = "seed " + SEED + " step " + step;
      passAndCommit(random);
      if (random.nextInt(3) > 0) {
        CacheCommand command = steps.command();
        CacheResult expected = command.dispatch(model.at(clock));
        CacheResult found = apply(command);
        if (!(found instanceof CacheResult.Removed)) {
          assertThat(found).as("%s %s", where, command).isEqualTo(expected);
        }
      } else {
        CacheQuery query = steps.query();
        assertThat(ask(query)).as("%s %s", where, query).isEqualTo(query.dispatch(model.at(clock)));
      }
      if (step % 500 == 0) {
        new CacheRecount(batch).check(where);
      }
    }
    clock += 100_000;
    model.at(clock);
    apply(new CacheCommand.Purge(10_000));
    CacheRecount recount = new CacheRecount(batch);
    recount.check("at the end");
    assertThat(recount.figures().records()).isEqualTo(model.records());
  }

  @Test
  void neverHoldsMoreThanItsBudgetAndCountsExactlyWhileItEvicts() {
    SplittableRandom random = new SplittableRandom(SEED);
    CacheSteps steps = new CacheSteps(random);
    CacheKeeper keeper = new CacheKeeper(activity, 1500);
    apply(new CacheCommand.SetBudget(1500));
    for (int step = 0; step < 20_000; step++) {
      passAndCommit(random);
      if (random.nextInt(20) == 0) {
        propose(keeper.next(batch, clock));
      } else if (random.nextInt(3) == 0) {
        ask(steps.query());
      } else {
        apply(steps.command());
      }
      if (step % 50 == 0) {
        new CacheRecount(batch).check("seed " + SEED + " step " + step);
      }
    }
    assertThat(new CacheRecount(batch).figures().evicted()).isGreaterThan(400);
  }

  @Test
  void isTheSameHoweverTheLogIsSplitAndWhateverIsRead() {
    for (int run = 0; run < 5; run++) {
      CacheMachineTest whole = new CacheMachineTest();
      CacheMachineTest split = new CacheMachineTest();
      SplittableRandom cuts = new SplittableRandom(run);
      CacheSteps steps = new CacheSteps(new SplittableRandom(SEED + run));
      CacheSteps reads = new CacheSteps(cuts.split());
      whole.apply(new CacheCommand.SetBudget(4000));
      split.apply(new CacheCommand.SetBudget(4000));
      for (int step = 0; step < 3000; step++) {
        CacheCommand command = steps.command();
        long pass = 300L * (step % 3);
        whole.clock += pass;
        split.clock += pass;
        assertThat(split.apply(command)).isEqualTo(whole.apply(command));
        if (cuts.nextInt(7) == 0) {
          split.commit();
        }
        if (cuts.nextInt(5) == 0) {
          split.ask(reads.query());
        }
      }
      whole.commit();
      split.commit();
      assertThat(new TreeMap<>(split.store.rows())).isEqualTo(whole.store.rows());
    }
  }

  @Test
  void evictionSparesWhatWasReadAndTakesTheOldestWritten() {
    apply(new CacheCommand.SetBudget(100_000));
    long each = CacheFigures.bytesOfPlain(4, 100);
    int fits = (int) (96_000 / each);
    for (int i = 0; i < fits; i++) {
      put("k" + (100 + i), 100);
    }
    ask(new CacheQuery.Get(CacheId.key(Bytes.utf8("k100"))));
    ask(new CacheQuery.Get(CacheId.key(Bytes.utf8("k103"))));
    Optional<Command> command = new CacheKeeper(activity, 100_000).next(batch, clock);
    propose(command);
    assertThat(found("k100")).isTrue();
    assertThat(found("k101")).isFalse();
    assertThat(found("k102")).isFalse();
    assertThat(found("k103")).isTrue();
    CacheRecount recount = new CacheRecount(batch);
    recount.check("evicted");
    assertThat(recount.figures().bytes()).isLessThanOrEqualTo(90_000);
    assertThat(recount.figures().bytes()).isGreaterThan(90_000 - each);
    assertThat(new CacheKeeper(activity, 100_000).next(batch, clock)).isEmpty();
  }

  @Test
  void withoutAnyKeeperTheOldestWrittenGoesWhenThereIsNoRoom() {
    long each = CacheFigures.bytesOfPlain(4, 100);
    apply(new CacheCommand.SetBudget(3 * each));
    for (String key : new String[] {"k100", "k101", "k102", "k100", "k103"}) {
      put(key, 100);
    }
    assertThat(found("k101")).isFalse();
    assertThat(found("k100")).isTrue();
    assertThat(found("k102")).isTrue();
    assertThat(found("k103")).isTrue();
    assertThat(apply(put("k104", (int) (3 * each)))).isEqualTo(new CacheResult.TooLarge());
    assertThat(found("k100")).isTrue();
    new CacheRecount(batch).check("full");
  }

  @Test
  void theLeaderAsksForItsBudgetFirstAndForNothingWhenAllIsWell() {
    CacheKeeper keeper = new CacheKeeper(activity, 5_000_000);
    propose(keeper.next(batch, clock));
    assertThat(new CacheRecount(batch).figures().budget()).isEqualTo(5_000_000);
    assertThat(keeper.next(batch, clock)).isEmpty();
    apply(new CacheCommand.Put(CacheId.key(Bytes.utf8("k")), Bytes.utf8("v"), 5));
    assertThat(keeper.next(batch, clock + 4999)).isEmpty();
    clock += 5000;
    propose(keeper.next(batch, clock));
    assertThat(new CacheRecount(batch).figures().expired()).isEqualTo(1);
    assertThat(keeper.next(batch, clock)).isEmpty();
  }

  @Test
  void decimalSumsHaveSeventeenDigitsAndNoTrailingZeros() {
    assertThat(add("12", "5.9")).isEqualTo("17.9");
    assertThat(add("17.9", "5.125")).isEqualTo("23.025");
    assertThat(add("0", "3")).isEqualTo("3");
    assertThat(add("3", "1e20")).isEqualTo("100000000000000000003");
    assertThat(add("5.125", "5.125")).isEqualTo("10.25");
    assertThat(add("0.1", "0.2")).isEqualTo("0.3");
    assertThat(add("1", "-1")).isEqualTo("0");
    assertThat(add("0", "1e-17")).isEqualTo("0.00000000000000001");
    assertThat(add("0", "1e-18")).isEqualTo("0");
    assertThat(add("9e308", "9e308")).isEqualTo("OutOfRange[]");
    assertThat(add("inf", "1")).isEqualTo("NotANumber[]");
  }

  private String add(String stored, String delta) {
    CacheId id = CacheId.field(Bytes.utf8("t"), Bytes.utf8("f"));
    apply(new CacheCommand.Put(id, Bytes.utf8(stored), 0));
    CacheResult result = apply(new CacheCommand.IncrementDecimal(id, Bytes.utf8(delta)));
    return result instanceof CacheResult.Number number ? number.text().toUtf8() : result.toString();
  }

  private boolean found(String key) {
    return ask(new CacheQuery.Exist(CacheId.key(Bytes.utf8(key)))) instanceof CacheResult.Done;
  }

  private CacheCommand put(String key, int bytes) {
    CacheCommand put =
        new CacheCommand.Put(CacheId.key(Bytes.utf8(key)), Bytes.wrap(new byte[bytes]), 0);
    apply(put);
    return put;
  }

  private void passAndCommit(SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      clock += random.nextInt(4) == 0 ? random.nextInt(2500) : 1000L * random.nextInt(2);
    }
    if (random.nextInt(8) == 0) {
      commit();
    }
  }

  private void commit() {
    store.commit(batch);
    batch = new OverlayBatch(store);
  }

  private void propose(Optional<Command> command) {
    command.ifPresent(asked -> apply(CacheCommandCodec.decode(asked.payload())));
  }

  private CacheResult apply(CacheCommand command) {
    Bytes encoded = CacheCommandCodec.encode(command);
    return CacheResultCodec.decode(
        machine.apply(new ApplyContext(batch, ++revision, clock), encoded));
  }

  private CacheResult ask(CacheQuery query) {
    return CacheResultCodec.decode(
        machine.query(new QueryContext(batch, clock), CacheQueryCodec.encode(query)));
  }
}
