package io.raftwood.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryKvGroups;
import io.raftwood.raft.Deadline;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.ReadConsistency;
import io.raftwood.raft.Replicated;
import io.raftwood.raft.RequestOptions;
import io.raftwood.raft.Slot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Listings of one node against brute force, over groups that run the real machine. */
class PeerListingTest {
  private static final long SEED = 20_240_901;
  private static final Bytes TABLE = Bytes.utf8("t");
  private static final List<String> NODES = List.of("n1", "n2", "n3");

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void anyWindowOfAnySlotsIsThatOfOneSortedList(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    InMemoryKvGroups groups = new InMemoryKvGroups(count, NODES);
    WalkModel model = new WalkModel(groups);
    model.populate(random, 3000);
    groups.pass(5000);
    for (int round = 0; round < 300; round++) {
      SlotRange slots = slots(random);
      long offset = random.nextInt(3) == 0 ? 0 : random.nextInt(2500);
      int size = random.nextInt(4) == 0 ? random.nextInt(1001) : random.nextInt(40);
      boolean valued = random.nextBoolean();
      KvResult page = records(groups, slots, offset, size, valued);
      assertThat(page)
          .as("seed %s round %s: %s offset %s size %s", SEED, round, slots, offset, size)
          .isEqualTo(model.page(id -> slots.contains(id.slot()), offset, size, valued));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void anyWindowOfATableIsThatOfOneSortedList(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    InMemoryKvGroups groups = new InMemoryKvGroups(count, NODES);
    WalkModel model = new WalkModel(groups);
    model.populate(random, 3000);
    groups.pass(5000);
    for (int round = 0; round < 300; round++) {
      RecordKind kind = RecordKind.values()[1 + random.nextInt(3)];
      Bytes table = Bytes.utf8("" + kind.letter() + random.nextInt(2));
      SlotRange slots = round % 2 == 0 ? SlotRange.ALL : slots(random);
      long offset = random.nextInt(500);
      int size = random.nextInt(200);
      Predicate<RecordId> listed =
          id -> id.kind() == kind && id.table().equals(table) && slots.contains(id.slot());
      KvResult page = table(groups, kind, table, slots, offset, size);
      assertThat(page)
          .as("seed %s round %s: %s %s offset %s size %s", SEED, round, table, slots, offset, size)
          .isEqualTo(model.page(listed, offset, size, true));
    }
  }

  private static SlotRange slots(SplittableRandom random) {
    if (random.nextInt(3) == 0) {
      return SlotRange.ALL;
    }
    int from = random.nextInt(Slot.COUNT + 1);
    return new SlotRange(from, from + random.nextInt(Slot.COUNT + 1 - from));
  }

  @Test
  void aWalkByOffsetSeesEachRecordOnceAndEndsWithAShortPage() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    WalkModel model = new WalkModel(groups);
    model.populate(new SplittableRandom(SEED), 5000);
    groups.pass(20_000);
    while (((KvResult.Purged) purge(groups)).more()) {
      // until nothing that has expired is left
    }
    List<KvResult.Listed> walked = new ArrayList<>();
    KvResult.Page page;
    do {
      page = (KvResult.Page) records(groups, SlotRange.ALL, walked.size(), 512, true);
      walked.addAll(page.records());
    } while (page.records().size() == 512);
    assertThat(page.end()).isTrue();
    assertThat(walked).isEqualTo(model.all(id -> true, true));
  }

  private static KvResult purge(InMemoryKvGroups groups) {
    KvResult last = new KvResult.Purged(0, false);
    for (KvGroups.Group group : groups.groups()) {
      last = groups.apply(group.slots().from(), new KvCommand.PurgeExpired(10_000));
    }
    return last;
  }

  @Test
  void groupsThatTheNodeDoesNotHostAreLeftOutAndNotAsked() {
    InMemoryKvGroups groups = new InMemoryKvGroups(4, List.of("n1", "n2", "n3", "n4"));
    WalkModel model = new WalkModel(groups);
    model.populate(new SplittableRandom(SEED), 1000);
    groups.host(1, List.of("n2", "n3", "n4"));
    groups.host(3, List.of("n3", "n4", "n2"));
    Predicate<RecordId> here = id -> groups.owner(id.slot()) % 2 == 0;
    assertThat(records(groups, SlotRange.ALL, 0, 1000, true))
        .isEqualTo(model.page(here, 0, 1000, true));
    assertThat(groups.asked).containsExactly("n1:data-0", "n1:data-2");
    groups.host(0, List.of("n2"));
    groups.host(2, List.of("n2"));
    assertThat(records(groups, SlotRange.ALL, 0, 1000, true))
        .isEqualTo(new KvResult.Page(List.of(), true, 0, Optional.empty()));
    assertThat(table(groups, RecordKind.HASH_FIELD, Bytes.utf8("H0"), SlotRange.ALL, 0, 10))
        .isEqualTo(new KvResult.Absent());
  }

  @Test
  void recordsAreAskedOfGroupsWithSuchSlotsOnly() {
    InMemoryKvGroups groups = new InMemoryKvGroups(8, NODES);
    new WalkModel(groups).populate(new SplittableRandom(SEED), 500);
    records(groups, new SlotRange(256, 272), 0, 1000, false);
    records(groups, new SlotRange(250, 260), 10_000, 1000, false);
    records(groups, new SlotRange(7, 7), 0, 1000, false);
    assertThat(groups.asked).containsExactly("n1:data-2", "n1:data-1", "n1:data-2");
  }

  @Test
  void aTableIsUnknownOnlyIfEveryGroupSaysSo() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    assertThat(hash(groups)).isEqualTo(new KvResult.Absent());
    RecordId field = RecordId.field(TABLE, nameIn(groups, 1));
    new WalkModel(groups).put(field, TABLE, 0);
    assertThat(((KvResult.Page) hash(groups)).records()).hasSize(1);
    SlotRange elsewhere = new SlotRange(0, 16);
    assertThat(table(groups, RecordKind.HASH_FIELD, TABLE, elsewhere, 0, 10))
        .isEqualTo(new KvResult.Page(List.of(), true, 0, Optional.empty()));
  }

  /** Kinds are kept per group, so one name may be a hash here and a set there. */
  @Test
  void theKindIsWrongOnlyIfNoGroupHasTheOneAskedFor() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    WalkModel model = new WalkModel(groups);
    RecordId member = RecordId.member(TABLE, nameIn(groups, 0));
    model.put(member, Bytes.EMPTY, 0);
    assertThat(hash(groups)).isEqualTo(new KvResult.WrongKind());
    model.put(RecordId.field(TABLE, nameIn(groups, 2)), TABLE, 0);
    assertThat(((KvResult.Page) hash(groups)).records()).hasSize(1);
    assertThat(table(groups, RecordKind.SET_MEMBER, TABLE, SlotRange.ALL, 0, 10))
        .isEqualTo(model.page(member::equals, 0, 10, true));
    assertThat(table(groups, RecordKind.SORTED_SET_MEMBER, TABLE, SlotRange.ALL, 0, 10))
        .isEqualTo(new KvResult.WrongKind());
  }

  private static Bytes nameIn(InMemoryKvGroups groups, int group) {
    int at = 0;
    while (groups.owner(Slot.of(Bytes.utf8("name" + at))) != group) {
      at++;
    }
    return Bytes.utf8("name" + at);
  }

  @Test
  void aPageIsTooLargeAlsoIfNoGroupsPartIs() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    WalkModel model = new WalkModel(groups);
    for (int group = 0; group < 3; group++) {
      model.put(RecordId.key(nameIn(groups, group)), Bytes.wrap(new byte[3 << 20]), 0);
    }
    assertThat(records(groups, SlotRange.ALL, 0, 10, true)).isEqualTo(new KvResult.PageTooLarge());
    assertThat(records(groups, SlotRange.ALL, 0, 10, false)).isInstanceOf(KvResult.Page.class);
    assertThat(records(groups, SlotRange.ALL, 1, 2, true)).isInstanceOf(KvResult.Page.class);
    for (int extra = 0; extra < 3; extra++) {
      model.put(RecordId.key(nameIn(groups, 0).concat(Bytes.of(extra))), giant(), 0);
    }
    assertThat(records(groups, SlotRange.ALL, 0, 10, true)).isEqualTo(new KvResult.PageTooLarge());
  }

  private static Bytes giant() {
    return Bytes.wrap(new byte[30 << 20]);
  }

  @Test
  void anAnswerOfOneReplicaNamesItsIndexOneOfSeveralNone() {
    InMemoryKvGroups groups = new InMemoryKvGroups(8, NODES);
    KvQuery.ListRecords file = new KvQuery.ListRecords(new SlotRange(256, 272), 0, 10, false);
    assertThat(PeerListing.records(groups, "n1", file, options()).join().appliedIndex())
        .isEqualTo(102);
    KvQuery.ListRecords all = new KvQuery.ListRecords(SlotRange.ALL, 0, 10, false);
    assertThat(PeerListing.records(groups, "n1", all, options()).join().appliedIndex())
        .isNegative();
  }

  @Test
  void aReplicaThatDoesNotAnswerFailsTheListing() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    groups.stop("n1");
    assertThat(catchThrowable(() -> records(groups, SlotRange.ALL, 0, 10, true)))
        .hasCauseInstanceOf(GroupUnavailableException.class);
    KvQuery.ListRecords query = new KvQuery.ListRecords(SlotRange.ALL, 0, 10, true);
    assertThat(PeerListing.records(groups, "n2", query, options()).join().value())
        .isInstanceOf(KvResult.Page.class);
    groups.forget();
    assertThat(catchThrowable(() -> PeerListing.records(groups, "n2", query, options()).join()))
        .hasCauseInstanceOf(GroupUnavailableException.class);
  }

  @Test
  void nothingIsAskedWhenTheTimeIsOver() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    KvQuery.ListRecords query = new KvQuery.ListRecords(SlotRange.ALL, 0, 10, true);
    RequestOptions late = options(Deadline.after(Duration.ZERO));
    assertThat(catchThrowable(() -> PeerListing.records(groups, "n1", query, late).join()))
        .hasCauseInstanceOf(GroupUnavailableException.class);
    assertThat(groups.asked).isEmpty();
  }

  @Test
  void answersThatComeLaterSayTheSame() {
    InMemoryKvGroups groups = new InMemoryKvGroups(8, NODES);
    WalkModel model = new WalkModel(groups);
    model.populate(new SplittableRandom(SEED), 2000);
    groups.answerLater();
    assertThat(records(groups, SlotRange.ALL, 100, 1000, true))
        .isEqualTo(model.page(id -> true, 100, 1000, true));
  }

  private static KvResult hash(InMemoryKvGroups groups) {
    return table(groups, RecordKind.HASH_FIELD, TABLE, SlotRange.ALL, 0, 10);
  }

  private static KvResult records(
      InMemoryKvGroups groups, SlotRange slots, long offset, int size, boolean withValues) {
    KvQuery.ListRecords query = new KvQuery.ListRecords(slots, offset, size, withValues);
    return PeerListing.records(groups, "n1", query, options()).join().value();
  }

  private static KvResult table(
      InMemoryKvGroups groups,
      RecordKind kind,
      Bytes table,
      SlotRange slots,
      long offset,
      int size) {
    KvQuery.ListTable query = new KvQuery.ListTable(kind, table, slots, offset, size, true);
    Replicated<KvResult> page = PeerListing.table(groups, "n1", query, options()).join();
    assertThat(page.stale()).isFalse();
    return page.value();
  }

  static RequestOptions options() {
    return options(Deadline.after(Duration.ofMinutes(1)));
  }

  private static RequestOptions options(Deadline deadline) {
    return new RequestOptions(
        ReadConsistency.LEASE, false, deadline, Optional.empty(), ForkJoinPool.commonPool());
  }
}
