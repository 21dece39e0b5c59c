package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.kv.RecordId;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import io.raftwood.storage.StorageView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The counted order against a sorted set of the JDK, and its levels against a recount. */
class ScoreIndexTest {
  private static final long SEED = 20261122;
  private static final Bytes TABLE = Bytes.utf8("zt");

  private record Member(long score, Bytes name) implements Comparable<Member> {
    private static final Comparator<Member> ORDER =
        Comparator.comparingLong(Member::score).thenComparing(Member::name);

    @Override
    public int compareTo(Member other) {
      return ORDER.compare(this, other);
    }
  }

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final ScoreIndex index = new ScoreIndex(TABLE);
  private final InMemoryTablet tablet = new InMemoryTablet("g");
  private final NavigableSet<Member> model = new TreeSet<>();
  private StorageBatch batch = tablet.newBatch();

  @Test
  void agreesWithASortedSetWhileItGrowsAndShrinks() {
    for (int phase = 0; phase < 12; phase++) {
      boolean grows = phase % 2 == 0;
      int target = grows ? 200 << random.nextInt(5) : random.nextInt(3) * 20;
      while (grows ? model.size() < target : model.size() > target) {
        step(grows);
        commitNowAndThen();
      }
      compare(phase);
    }
    while (!model.isEmpty()) {
      remove(model.first());
    }
    assertThat(rows(batch)).as("an empty set leaves no rows").isEmpty();
  }

  @Test
  void keepsItsCountsInEveryOrderOfRemoval() {
    for (String order : List.of("ascending", "descending", "inside out", "random")) {
      for (int i = 0; i < 3000; i++) {
        insert(new Member(i / 7, Bytes.utf8("m" + i)));
      }
      List<Member> members = new ArrayList<>(model);
      while (!members.isEmpty()) {
        remove(members.remove(next(order, members.size())));
        if (members.size() % 750 == 0) {
          recount(order + " " + members.size());
        }
      }
      assertThat(rows(batch)).as(order).isEmpty();
    }
  }

  private int next(String order, int size) {
    switch (order) {
      case "ascending":
        return 0;
      case "descending":
        return size - 1;
      case "inside out":
        return size / 2;
      default:
        return random.nextInt(size);
    }
  }

  private void step(boolean grows) {
    if (random.nextInt(10) < (grows ? 8 : 2)) {
      insert(new Member(score(), Bytes.utf8("m" + random.nextInt(100_000))));
    } else if (!model.isEmpty()) {
      remove(near(score()));
    }
  }

  private long score() {
    switch (random.nextInt(12)) {
      case 0:
        return Long.MIN_VALUE;
      case 1:
        return Long.MAX_VALUE;
      case 2:
        return 0;
      default:
        return random.nextInt(-300, 300);
    }
  }

  private Member near(long score) {
    Member floor = model.floor(new Member(score, Bytes.utf8("m" + random.nextInt(100_000))));
    return floor == null ? model.first() : floor;
  }

  private void insert(Member member) {
    if (model.add(member)) {
      index.insert(batch, member.score, member.name, Bytes.EMPTY);
    }
  }

  private void remove(Member member) {
    model.remove(member);
    index.remove(batch, member.score, member.name);
  }

  private void commitNowAndThen() {
    if (random.nextInt(50) == 0) {
      tablet.commit(batch);
      batch = tablet.newBatch();
    }
  }

  private void compare(int phase) {
    recount("seed " + SEED + " phase " + phase);
    List<Member> expected = new ArrayList<>(model);
    for (int i = 0; i < 300; i++) {
      int rank = random.nextInt(expected.size() + 5);
      List<Member> page = expected.subList(Math.min(rank, expected.size()), expected.size());
      assertThat(page(rank)).isEqualTo(page.subList(0, Math.min(5, page.size())));
      long score = score();
      long below = model.headSet(new Member(score, Bytes.EMPTY)).size();
      assertThat(index.rank(batch, score)).isEqualTo(below);
    }
  }

  private List<Member> page(long rank) {
    List<Member> page = new ArrayList<>();
    try (StorageCursor cursor = index.from(batch, rank)) {
      while (page.size() < 5 && cursor.next()) {
        page.add(new Member(index.score(cursor.key()), index.member(cursor.key())));
      }
    }
    return page;
  }

  /** Every node counts what is below it, and separators of a level are separators below. */
  private void recount(String when) {
    int header = 5 + TABLE.length();
    List<Bytes> below = new ArrayList<>();
    List<Long> weights = new ArrayList<>();
    for (Member member : model) {
      below.add(new ByteWriter().u64(member.score ^ Long.MIN_VALUE).raw(member.name).toBytes());
      weights.add(1L);
    }
    for (int level = 1; ; level++) {
      List<Bytes> separators = new ArrayList<>();
      List<Long> members = new ArrayList<>();
      List<Long> children = new ArrayList<>();
      try (StorageCursor cursor = batch.scan(KeyRange.prefix(levelPrefix(level)))) {
        while (cursor.next()) {
          separators.add(cursor.key().slice(header + 1));
          ByteReader row = new ByteReader(cursor.value().slice(1));
          children.add((long) row.u32());
          members.add(row.u64());
        }
      }
      if (separators.isEmpty()) {
        assertThat(below.size()).as(when + " nodes at the top").isLessThanOrEqualTo(1);
        return;
      }
      String where = when + " level " + level;
      assertThat(children).as(where).allMatch(n -> n >= 1 && n <= RankLevels.CHILDREN_MAX + 1);
      List<Long> ones = Collections.nCopies(below.size(), 1L);
      assertThat(children).as(where).isEqualTo(sums(separators, below, ones));
      assertThat(members).as(where).isEqualTo(sums(separators, below, weights));
      below = separators;
      weights = members;
    }
  }

  /** The weights of what is below, summed up from each separator to the next. */
  private static List<Long> sums(List<Bytes> separators, List<Bytes> below, List<Long> weights) {
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < below.size(); i++) {
      int next = sums.size();
      if (next < separators.size() && below.get(i).compareTo(separators.get(next)) >= 0) {
        sums.add(0L);
      }
      sums.set(sums.size() - 1, sums.get(sums.size() - 1) + weights.get(i));
    }
    return sums;
  }

  private static Bytes levelPrefix(int level) {
    Bytes rowKey = RowKeys.record(RecordId.scored(TABLE, Bytes.of(1)));
    return new ByteWriter().raw(rowKey.slice(0, 3)).u8(2).raw(TABLE).u8(0).u8(level).toBytes();
  }

  private static List<Bytes> rows(StorageView view) {
    List<Bytes> rows = new ArrayList<>();
    try (StorageCursor cursor = view.scan(KeyRange.ALL)) {
      while (cursor.next()) {
        rows.add(cursor.key());
      }
    }
    return rows;
  }
}
