package io.raftwood.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryKvGroups;
import io.raftwood.kv.KvResult.TableFigures;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Figures of one node against a recount. */
class PeerFiguresTest {
  private static final List<String> NODES = List.of("n1", "n2", "n3");
  private static final long SEED = 7;

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void sumsAndTablesEqualARecount(int count) {
    InMemoryKvGroups groups = new InMemoryKvGroups(count, NODES);
    WalkModel model = new WalkModel(groups);
    model.populate(new SplittableRandom(SEED), 4000);
    groups.pass(5000);
    KvResult totals = PeerFigures.totals(groups, "n2", PeerListingTest.options()).join().value();
    assertThat(totals)
        .isEqualTo(
            new KvResult.Totals(
                model.figures(id -> id.kind() == RecordKind.KEY),
                model.figures(id -> id.kind() == RecordKind.HASH_FIELD)));
    List<TableFigures> tables = new ArrayList<>();
    for (String name : List.of("H0", "H1", "S0", "S1", "Z0", "Z1")) {
      tables.add(recounted(model, Bytes.utf8(name)));
    }
    assertThat(tables(groups)).isEqualTo(tables);
    for (TableFigures table : tables) {
      assertThat(table(groups, table.table())).isEqualTo(new KvResult.Tables(List.of(table), true));
    }
    assertThat(table(groups, Bytes.utf8("no"))).isEqualTo(new KvResult.Absent());
  }

  private static TableFigures recounted(WalkModel model, Bytes table) {
    List<RecordId> records = model.counted(id -> id.table().equals(table));
    RecordKind kind = records.get(0).kind();
    Figures figures =
        kind == RecordKind.HASH_FIELD
            ? model.figures(id -> id.table().equals(table))
            : new Figures(records.size(), 0, 0);
    return new TableFigures(kind, table, figures);
  }

  @Test
  void thousandsOfTablesAreMergedInByteOrderOfTheirNames() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    WalkModel model = new WalkModel(groups);
    TreeSet<Bytes> names = new TreeSet<>();
    for (int at = 0; at < 2500; at++) {
      Bytes table = Bytes.utf8("table-" + at * 7919 % 100_000);
      names.add(table);
      for (int field = 0; field < 4; field++) {
        model.put(RecordId.field(table, Bytes.utf8("f" + field * 31)), table, 0);
      }
    }
    List<TableFigures> tables = tables(groups);
    assertThat(tables).extracting(TableFigures::table).containsExactlyElementsOf(names);
    assertThat(tables).allMatch(table -> table.figures().count() == 4);
  }

  @Test
  void aNameOfSeveralKindsIsListedOnceForEach() {
    InMemoryKvGroups groups = new InMemoryKvGroups(2, NODES);
    WalkModel model = new WalkModel(groups);
    Bytes table = Bytes.utf8("t");
    Bytes low = Bytes.utf8("a");
    Bytes high = Bytes.utf8("key");
    assertThat(groups.owner(Slot.of(low))).isNotEqualTo(groups.owner(Slot.of(high)));
    model.put(RecordId.field(table, high), Bytes.utf8("val"), 0);
    model.put(RecordId.member(table, low), Bytes.EMPTY, 0);
    List<TableFigures> both =
        List.of(
            new TableFigures(RecordKind.HASH_FIELD, table, new Figures(1, 6, 1024)),
            new TableFigures(RecordKind.SET_MEMBER, table, new Figures(1, 0, 0)));
    assertThat(tables(groups)).isEqualTo(both);
    assertThat(table(groups, table)).isEqualTo(new KvResult.Tables(both, true));
  }

  @Test
  void onlyGroupsOnTheNodeCountAndAllOfThemMustAnswer() {
    InMemoryKvGroups groups = new InMemoryKvGroups(2, NODES);
    WalkModel model = new WalkModel(groups);
    model.populate(new SplittableRandom(SEED), 400);
    groups.host(1, List.of("n1", "n2"));
    KvResult.Totals totals =
        (KvResult.Totals)
            PeerFigures.totals(groups, "n3", PeerListingTest.options()).join().value();
    assertThat(totals.keys())
        .isEqualTo(
            model.figures(id -> id.kind() == RecordKind.KEY && groups.owner(id.slot()) == 0));
    assertThat(groups.asked).containsExactly("n3:data-0");
    groups.stop("n3");
    assertThat(
            catchThrowable(
                () -> PeerFigures.tables(groups, "n3", PeerListingTest.options()).join()))
        .hasCauseInstanceOf(GroupUnavailableException.class);
  }

  @Test
  void moreTablesThanMayBeListedAreRefused() {
    KvGroups endless = new EndlessTables();
    assertThat(PeerFigures.tables(endless, "n1", PeerListingTest.options()).join().value())
        .isEqualTo(new KvResult.PageTooLarge());
  }

  private static List<TableFigures> tables(InMemoryKvGroups groups) {
    KvResult all = PeerFigures.tables(groups, "n1", PeerListingTest.options()).join().value();
    return ((KvResult.Tables) all).tables();
  }

  private static KvResult table(InMemoryKvGroups groups, Bytes table) {
    return PeerFigures.table(groups, "n1", table, PeerListingTest.options()).join().value();
  }
}
