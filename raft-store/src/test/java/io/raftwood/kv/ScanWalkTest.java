package io.raftwood.kv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.InMemoryKvGroups;
import io.raftwood.fixtures.TotalDecoder;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.raft.GroupUnavailableException;
import io.raftwood.raft.Slot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntConsumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans of the whole cluster against brute force, over groups that run the real machine. */
class ScanWalkTest {
  private static final long SEED = 20_240_902;
  private static final List<String> NODES = List.of("n1");

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void pagesOfAnySizeAddUpToTheSortedList(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    InMemoryKvGroups groups = new InMemoryKvGroups(count, NODES);
    WalkModel model = new WalkModel(groups);
    model.populate(random, 3000);
    groups.pass(5000);
    for (String table : List.of("", "H0", "S1", "Z0", "unknown")) {
      for (String prefix : List.of("", "n", "n1", "n12", "x")) {
        Bytes name = Bytes.utf8(table);
        Bytes start = Bytes.utf8(prefix);
        boolean valued = random.nextBoolean();
        Predicate<RecordId> listed = id -> id.table().equals(name) && id.name().startsWith(start);
        assertThat(walk(groups, name, start, 1 + random.nextInt(200), valued, page -> {}))
            .as("seed %s table '%s' prefix '%s'", SEED, table, prefix)
            .isEqualTo(model.all(listed, valued));
      }
    }
  }

  @Test
  void aHundredThousandRecordsAreWalkedExactlyOnce() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    for (int at = 0; at < 100_000; at++) {
      RecordId id = RecordId.key(Bytes.utf8("key-" + at));
      groups.apply(id.slot(), new KvCommand.Put(id, Bytes.of(1), 0, 0));
    }
    int[] pages = new int[1];
    List<Listed> walked =
        walk(groups, Bytes.EMPTY, Bytes.EMPTY, 1000, false, page -> pages[0] = page);
    assertThat(walked).hasSize(100_000).doesNotHaveDuplicates();
    assertThat(pages[0]).isBetween(100, 101);
    int slot = 0;
    for (Listed record : walked) {
      assertThat(record.id().slot()).isGreaterThanOrEqualTo(slot);
      slot = record.id().slot();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 8})
  void noRecordThatIsThereThroughoutIsMissedOrDoubledWhateverIsWritten(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    InMemoryKvGroups groups = new InMemoryKvGroups(count, NODES);
    WalkModel model = new WalkModel(groups);
    Bytes table = Bytes.utf8("t");
    List<RecordId> steady = new ArrayList<>();
    for (int at = 0; at < 2000; at++) {
      steady.add(RecordId.field(table, Bytes.utf8("steady" + at)));
      model.put(steady.get(at), Bytes.of(1), 0);
    }
    List<Listed> walked =
        walk(groups, table, Bytes.EMPTY, 37, true, page -> write(model, table, steady, random));
    Map<RecordId, Integer> seen = new HashMap<>();
    walked.forEach(record -> seen.merge(record.id(), 1, Integer::sum));
    assertThat(seen.values()).as("seed %s", SEED).containsOnly(1);
    assertThat(seen.keySet()).as("seed %s", SEED).containsAll(steady);
    assertThat(seen.size()).isGreaterThan(steady.size());
  }

  private static void write(
      WalkModel model, Bytes table, List<RecordId> steady, SplittableRandom random) {
    for (int write = 0; write < 60; write++) {
      RecordId coming = RecordId.field(table, Bytes.utf8("some" + random.nextInt(3000)));
      switch (random.nextInt(3)) {
        case 0:
          model.put(coming, Bytes.of(2), 0);
          break;
        case 1:
          model.delete(coming);
          break;
        default:
          model.put(steady.get(random.nextInt(steady.size())), Bytes.of(3), 0);
          break;
      }
    }
  }

  @Test
  void largeRecordsMakeShorterPages() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    WalkModel model = new WalkModel(groups);
    for (int at = 0; at < 12; at++) {
      model.put(RecordId.key(Bytes.utf8("key" + at)), Bytes.wrap(new byte[7 << 18]), 0);
    }
    int[] pages = new int[1];
    List<Listed> walked =
        walk(groups, Bytes.EMPTY, Bytes.EMPTY, 1000, true, page -> pages[0] = page);
    assertThat(walked).isEqualTo(model.all(id -> true, true));
    assertThat(pages[0]).isBetween(3, 12);
  }

  @Test
  void aCursorIsBoundToItsTableAndPrefix() {
    Bytes table = Bytes.utf8("t");
    Bytes prefix = Bytes.utf8("pre");
    ScanCursor cursor = new ScanCursor(1023, Bytes.utf8("place"));
    Bytes bytes = cursor.encode(table, prefix);
    assertThat(ScanCursor.decode(bytes, table, prefix)).isEqualTo(cursor);
    assertThatThrownBy(() -> ScanCursor.decode(bytes, Bytes.utf8("u"), prefix))
        .isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> ScanCursor.decode(bytes, table, Bytes.EMPTY))
        .isInstanceOf(MalformedBytesException.class);
    assertThatThrownBy(() -> ScanCursor.decode(bytes, Bytes.utf8("tp"), Bytes.utf8("re")))
        .isInstanceOf(MalformedBytesException.class);
  }

  @Test
  void damagedCursorsAreRefused() {
    SplittableRandom random = new SplittableRandom(SEED);
    TotalDecoder decoder =
        new TotalDecoder(
            bytes -> ScanCursor.decode(bytes, Bytes.EMPTY, Bytes.EMPTY),
            MalformedBytesException.class);
    Bytes bytes = new ScanCursor(5, Bytes.utf8("place")).encode(Bytes.EMPTY, Bytes.EMPTY);
    decoder.survivesDamage(bytes, random, 20_000);
    for (int length = 0; length < bytes.length(); length++) {
      decoder.refuses(bytes.slice(0, length));
    }
    decoder.refuses(new ScanCursor(1024, Bytes.EMPTY).encode(Bytes.EMPTY, Bytes.EMPTY));
    Bytes oversized = Bytes.wrap(new byte[3 << 20]);
    decoder.refuses(new ScanCursor(0, oversized).encode(Bytes.EMPTY, Bytes.EMPTY));
  }

  /** Whoever computes the checksum may go on anywhere, but sees nothing that was not asked for. */
  @Test
  void aForgedPlaceShowsRecordsOfTheScanOnly() {
    SplittableRandom random = new SplittableRandom(SEED);
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    WalkModel model = new WalkModel(groups);
    model.populate(random, 1000);
    for (int round = 0; round < 2000; round++) {
      Bytes table = round % 2 == 0 ? Bytes.EMPTY : Bytes.utf8("H" + random.nextInt(2));
      Bytes prefix = random.nextBoolean() ? Bytes.EMPTY : Bytes.utf8("n1");
      ScanCursor forged = new ScanCursor(random.nextInt(Slot.COUNT), place(random));
      ScanWalk.Page page = page(groups, table, prefix, Optional.of(forged), 10, true);
      assertThat(page.records())
          .as("seed %s round %s %s", SEED, round, forged)
          .allMatch(r -> r.id().table().equals(table) && r.id().name().startsWith(prefix));
    }
  }

  private static Bytes place(SplittableRandom random) {
    ByteWriter place = new ByteWriter().u8(random.nextInt(9)).u16(random.nextInt(1100));
    byte[] rest = new byte[random.nextInt(12)];
    random.nextBytes(rest);
    return place.raw(rest).toBytes();
  }

  @Test
  void aGroupThatDoesNotAnswerFailsThePage() {
    InMemoryKvGroups groups = new InMemoryKvGroups(3, NODES);
    groups.stop("data-1");
    assertThat(
            catchThrowable(
                () -> page(groups, Bytes.EMPTY, Bytes.EMPTY, Optional.empty(), 10, true)))
        .hasCauseInstanceOf(GroupUnavailableException.class);
    groups.forget();
    assertThat(
            catchThrowable(
                () -> page(groups, Bytes.EMPTY, Bytes.EMPTY, Optional.empty(), 10, true)))
        .hasCauseInstanceOf(GroupUnavailableException.class);
  }

  @Test
  void answersThatComeLaterSayTheSame() {
    InMemoryKvGroups groups = new InMemoryKvGroups(8, NODES);
    WalkModel model = new WalkModel(groups);
    model.populate(new SplittableRandom(SEED), 1000);
    groups.answerLater();
    assertThat(walk(groups, Bytes.EMPTY, Bytes.EMPTY, 10, true, page -> {}))
        .isEqualTo(model.all(id -> id.kind() == RecordKind.KEY, true));
  }

  /** Walks to the end by encoded cursors; tells the number of each page after it was read. */
  private static List<Listed> walk(
      InMemoryKvGroups groups,
      Bytes table,
      Bytes prefix,
      int size,
      boolean withValues,
      IntConsumer afterPage) {
    List<Listed> walked = new ArrayList<>();
    Optional<ScanCursor> cursor = Optional.empty();
    int pages = 0;
    do {
      ScanWalk.Page page = page(groups, table, prefix, cursor, size, withValues);
      assertThat(page.records().size()).isLessThanOrEqualTo(size);
      walked.addAll(page.records());
      cursor = page.next().map(n -> ScanCursor.decode(n.encode(table, prefix), table, prefix));
      afterPage.accept(++pages);
    } while (cursor.isPresent());
    return walked;
  }

  private static ScanWalk.Page page(
      InMemoryKvGroups groups,
      Bytes table,
      Bytes prefix,
      Optional<ScanCursor> cursor,
      int size,
      boolean withValues) {
    ScanWalk.Request request = new ScanWalk.Request(table, prefix, cursor, size, withValues);
    return ScanWalk.page(groups, request, PeerListingTest.options()).join().value();
  }
}
