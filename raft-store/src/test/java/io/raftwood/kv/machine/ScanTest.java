package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Scans, page by page, with places that nobody gave out and changes in between. */
class ScanTest {
  private static final Bytes TABLE = Bytes.utf8("t");
  private static final Bytes X = Bytes.utf8("x");

  private final MachineRun run = new MachineRun();

  private KvResult.Page scan(Bytes table, Bytes prefix, Optional<Bytes> after, int size) {
    return (KvResult.Page) run.query(new KvQuery.Scan(table, prefix, after, size, true));
  }

  private static List<RecordId> ids(KvResult.Page page) {
    return page.records().stream().map(Listed::id).collect(Collectors.toList());
  }

  private List<RecordId> walk(Bytes table, Bytes prefix, int size) {
    List<RecordId> walked = new ArrayList<>();
    Optional<Bytes> after = Optional.empty();
    boolean end = false;
    while (!end) {
      KvResult.Page page = scan(table, prefix, after, size);
      walked.addAll(ids(page));
      assertThat(page.last().isPresent()).isEqualTo(!page.end());
      after = page.last();
      end = page.end();
    }
    return walked;
  }

  private RecordId record(RecordKind kind, Bytes name) {
    return new RecordId(kind, kind == RecordKind.KEY ? Bytes.EMPTY : TABLE, name);
  }

  private void write(RecordId id, long ttlSeconds) {
    if (id.kind() == RecordKind.SORTED_SET_MEMBER) {
      run.apply(new KvCommand.SetScore(id, KvCommand.ScoreChange.ADD, 1, ttlSeconds, 0));
    } else {
      run.put(id, id.kind() == RecordKind.SET_MEMBER ? Bytes.EMPTY : X, ttlSeconds);
    }
  }

  @Test
  void walksEveryRecordOfEachKindOnceWhateverThePageSize() {
    for (RecordKind kind : RecordKind.values()) {
      Bytes table = kind == RecordKind.KEY ? Bytes.EMPTY : Bytes.utf8("t" + kind.letter());
      Set<RecordId> written = new HashSet<>();
      for (int i = 0; i < 60; i++) {
        RecordId id = new RecordId(kind, table, Bytes.of(i % 3, i, 0xff));
        write(id, 0);
        written.add(id);
      }
      for (int size : new int[] {1, 2, 7, 59, 60, 61, 1000}) {
        assertThat(walk(table, Bytes.EMPTY, size))
            .as("%s size %d", kind, size)
            .doesNotHaveDuplicates()
            .containsExactlyInAnyOrderElementsOf(written);
      }
    }
  }

  @Test
  void keepsToThePrefixEvenOneThatEndsInTheLastByte() {
    for (Bytes name :
        List.of(
            Bytes.of(0xff),
            Bytes.of(0xff, 0xff),
            Bytes.of(0xff, 0xff, 0),
            Bytes.of(0xff, 0xfe),
            Bytes.of(0xfe, 0xff, 0xff),
            Bytes.of(0))) {
      run.put(RecordId.key(name), X, 0);
      run.put(RecordId.member(TABLE, name), Bytes.EMPTY, 0);
    }
    for (Bytes table : List.of(Bytes.EMPTY, TABLE)) {
      assertThat(walk(table, Bytes.of(0xff, 0xff), 1))
          .extracting(RecordId::name)
          .containsExactlyInAnyOrder(Bytes.of(0xff, 0xff), Bytes.of(0xff, 0xff, 0));
      assertThat(walk(table, Bytes.of(0xff), 2)).hasSize(4);
      assertThat(walk(table, Bytes.of(1), 2)).isEmpty();
    }
  }

  @Test
  void ofAnUnknownTableShowsNothing() {
    run.put(RecordId.member(Bytes.utf8("tt"), X), Bytes.EMPTY, 0);
    assertThat(scan(TABLE, Bytes.EMPTY, Optional.empty(), 10))
        .isEqualTo(new KvResult.Page(List.of(), true, 0, Optional.empty()));
  }

  /** Whatever the place, the answer is what lies behind it in byte order of the rows. */
  @Test
  void goesOnBehindAnyBytesAsIfTheyWereAPlace() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 40; i++) {
      for (RecordKind kind : List.of(RecordKind.KEY, RecordKind.SORTED_SET_MEMBER)) {
        write(record(kind, Bytes.of(i, 0xff - i)), 0);
      }
      write(RecordId.field(Bytes.utf8("h"), Bytes.of(i, i)), 0);
    }
    for (Bytes table : List.of(Bytes.EMPTY, TABLE, Bytes.utf8("h"))) {
      checkPlaces(table, Bytes.EMPTY, random);
      checkPlaces(table, Bytes.of(7), random);
    }
  }

  private void checkPlaces(Bytes table, Bytes prefix, SplittableRandom random) {
    List<RecordId> all = walk(table, prefix, 1000);
    for (Bytes place : places(all, random)) {
      List<RecordId> expected =
          all.stream()
              .filter(id -> RowKeys.record(id).compareTo(place) > 0)
              .collect(Collectors.toList());
      assertThat(ids(scan(table, prefix, Optional.of(place), 1000)))
          .as("%s %s %s", table, prefix, place)
          .isEqualTo(expected);
    }
  }

  private static List<Bytes> places(List<RecordId> all, SplittableRandom random) {
    List<Bytes> places = new ArrayList<>();
    places.add(Bytes.EMPTY);
    places.add(Bytes.of(0xff));
    places.add(Bytes.wrap(new byte[100_000]));
    for (int space = 0; space < 10; space++) {
      places.add(Bytes.of(space));
      places.add(Bytes.of(space, 0xff, 0xff, 0xff, 0xff));
      places.add(Bytes.of(space, 3, 0xff, 1, 't', 0));
    }
    for (RecordId id : all) {
      Bytes place = RowKeys.record(id);
      places.add(place.slice(0, place.length() - 1));
      places.add(place.concat(Bytes.of(0)));
      byte[] damaged = place.toArray();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      places.add(Bytes.wrap(damaged));
    }
    return places;
  }

  @Test
  void neitherMissesNorDoublesWhatExistsThroughout() {
    for (RecordKind kind : RecordKind.values()) {
      for (long seed = 1; seed <= 6; seed++) {
        checkUnderChanges(kind, seed);
      }
    }
  }

  private void checkUnderChanges(RecordKind kind, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Set<RecordId> throughout = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      RecordId id = record(kind, Bytes.of(i));
      write(id, i % 5 == 0 ? 100 : 0);
      throughout.add(id);
    }
    List<RecordId> walked = new ArrayList<>();
    Optional<Bytes> after = Optional.empty();
    boolean end = false;
    while (!end) {
      KvResult.Page page =
          scan(
              kind == RecordKind.KEY ? Bytes.EMPTY : TABLE,
              Bytes.EMPTY,
              after,
              1 + random.nextInt(6));
      walked.addAll(ids(page));
      after = page.last();
      end = page.end();
      change(kind, random, throughout);
    }
    assertThat(walked).as("%s seed %d", kind, seed).doesNotHaveDuplicates();
    assertThat(walked).as("%s seed %d", kind, seed).containsAll(throughout);
    throughout.forEach(run::delete);
    run.advanceClock(1_000_000);
    for (int i = 0; i < 100; i++) {
      run.delete(record(kind, Bytes.of(i)));
      run.delete(record(kind, Bytes.of(i, i)));
    }
    run.apply(new KvCommand.PurgeExpired(10_000));
  }

  /** Some are removed, some come, some are written again, some expire, some are purged. */
  private void change(RecordKind kind, SplittableRandom random, Set<RecordId> throughout) {
    int number = random.nextInt(100);
    RecordId id = record(kind, Bytes.of(number));
    switch (random.nextInt(6)) {
      case 0:
        run.delete(id);
        throughout.remove(id);
        break;
      case 1:
        write(record(kind, Bytes.of(number, number)), 0);
        break;
      case 2:
        run.advanceClock(4000);
        throughout.removeIf(
            held -> run.query(new KvQuery.Exist(held)).equals(new KvResult.Absent()));
        break;
      case 3:
        run.apply(new KvCommand.PurgeExpired(1 + random.nextInt(10)));
        break;
      default:
        write(id, random.nextBoolean() ? 0 : 30);
        break;
    }
  }
}
