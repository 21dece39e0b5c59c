package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.KvModel;
import io.raftwood.fixtures.SortedMapView;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommandCodec;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvQueryCodec;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResultCodec;
import io.raftwood.raft.ApplyContext;
import io.raftwood.raft.QueryContext;
import io.raftwood.storage.OverlayBatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The machine against plain maps that know nothing of rows, batches or indexes. */
class KvMachineModelTest {
  private static final long SEED = 20261121;
  private static final int STEPS = 100_000;
  private static final int STEPS_PER_RECOUNT = 1000;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final KvModel model = new KvModel();
  private final KvSteps steps = new KvSteps(random, model);
  private final SortedMapView store = new SortedMapView();
  private final KvMachine machine = new KvMachine();
  private final Map<String, Integer> seen = new HashMap<>();
  private OverlayBatch batch = new OverlayBatch(store);
  private long clock = 1_700_000_000_000L;
  private long revision;

  /** A scan half done: what both sides gave as the place where it stopped. */
  private Optional<Places> scan = Optional.empty();

  private record Places(KvQuery.Scan query, Bytes ofMachine, Bytes ofModel) {}

  @Test
  void agreesWithPlainMapsStepByStepAndRowByRow() {
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(4) == 0) {
        // Mostly whole seconds, so that the time of an expiry is met exactly.
        clock += random.nextInt(16) == 0 ? random.nextInt(4000) : 1000L * random.nextInt(5);
      }
      if (random.nextInt(8) == 0) {
        store.commit(batch);
        batch = new OverlayBatch(store);
      }
      step(step);
      if (step % STEPS_PER_RECOUNT == 0) {
        new KvRecount(batch, model).check("seed " + SEED + " step " + step);
      }
    }
    assertEveryOutcomeWasSeen();
  }

  private void step(int step) {
    if (random.nextInt(10) < 6) {
      checkCommand(step, steps.command());
    } else if (random.nextInt(10) == 0) {
      checkScan(step);
    } else {
      checkQuery(step, steps.query());
    }
  }

  private void checkCommand(int step, KvCommand command) {
    revision++;
    KvResult expected = command.dispatch(model.at(revision, clock));
    Bytes result =
        machine.apply(new ApplyContext(batch, revision, clock), KvCommandCodec.encode(command));
    assertThat(KvResultCodec.decode(result))
        .as("seed %d step %d %s", SEED, step, command)
        .isEqualTo(expected);
    count(command, expected);
  }

  private void checkQuery(int step, KvQuery query) {
    KvResult expected = query.dispatch(model.at(revision, clock));
    assertThat(ask(query)).as("seed %d step %d %s", SEED, step, query).isEqualTo(expected);
    count(query, expected);
  }

  private KvResult ask(KvQuery query) {
    return KvResultCodec.decode(
        machine.query(new QueryContext(batch, clock), KvQueryCodec.encode(query)));
  }

  /** Goes on with a scan across whatever has changed since its last page, or begins one. */
  private void checkScan(int step) {
    KvQuery.Scan query = scan.map(Places::query).orElseGet(steps::scan);
    KvResult.Page expected =
        (KvResult.Page) model.at(revision, clock).scan(behind(query, scan.map(Places::ofModel)));
    KvResult.Page found = (KvResult.Page) ask(behind(query, scan.map(Places::ofMachine)));
    assertThat(new KvResult.Page(found.records(), found.end(), found.passed(), Optional.empty()))
        .as("seed %d step %d %s", SEED, step, query)
        .isEqualTo(new KvResult.Page(expected.records(), expected.end(), 0, Optional.empty()));
    assertThat(found.last().isPresent()).isEqualTo(expected.last().isPresent());
    scan = found.last().map(place -> new Places(query, place, expected.last().orElseThrow()));
    count(query, expected);
  }

  private static KvQuery.Scan behind(KvQuery.Scan query, Optional<Bytes> place) {
    return new KvQuery.Scan(query.table(), query.prefix(), place, query.size(), query.withValues());
  }

  private void count(Object asked, KvResult answer) {
    String pair = asked.getClass().getSimpleName() + " " + answer.getClass().getSimpleName();
    seen.merge(pair, 1, Integer::sum);
  }

  /** The steps are worth nothing if they never come where it hurts. */
  private void assertEveryOutcomeWasSeen() {
    assertThat(seen)
        .as("%s", seen)
        .containsKeys(
            "Put Stored",
            "Put VersionMismatch",
            "Put WrongKind",
            "SetScore Stored",
            "SetScore VersionMismatch",
            "SetScore WrongKind",
            "SetScore OutOfRange",
            "Increment Incremented",
            "Increment VersionMismatch",
            "Increment WrongKind",
            "Increment NotANumber",
            "Increment OutOfRange",
            "Delete Deleted",
            "Delete VersionMismatch",
            "Delete WrongKind",
            "Delete Absent",
            "PurgeExpired Purged",
            "Get Found",
            "Get Absent",
            "Get WrongKind",
            "Exist Exists",
            "Exist Absent",
            "Exist WrongKind",
            "RangeByRank Page",
            "RangeByRank Absent",
            "RangeByRank WrongKind",
            "RangeByScore Page",
            "RangeByScore Absent",
            "RangeByScore WrongKind",
            "ListRecords Page",
            "ListTable Page",
            "ListTable Absent",
            "ListTable WrongKind",
            "Scan Page",
            "CountAll Totals",
            "CountTable Tables",
            "CountTable Absent",
            "CountTables Tables");
  }
}
