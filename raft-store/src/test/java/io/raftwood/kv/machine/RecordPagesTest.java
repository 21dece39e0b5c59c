package io.raftwood.kv.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bytes.Bytes;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvLimits;
import io.raftwood.kv.KvQuery;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.KvResult.Listed;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordKind;
import io.raftwood.kv.SlotRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordPagesTest {
  private static final Bytes TABLE = Bytes.utf8("t");
  private static final Bytes X = Bytes.utf8("x");
  private static final int MIB = 1 << 20;

  private final MachineRun run = new MachineRun();

  /** Pages of many bytes are asked of the pages themselves: encoding them would only take time. */
  private KvResult ask(KvQuery query) {
    return query.dispatch(new RecordReader(run.context()));
  }

  private static Bytes zeros(int count) {
    return Bytes.wrap(new byte[count]);
  }

  private static List<Bytes> names(KvResult page) {
    return ((KvResult.Page) page)
        .records().stream().map(Listed::id).map(RecordId::name).collect(Collectors.toList());
  }

  @Nested
  class Size {
    private KvResult list(int size, boolean withValues) {
      return ask(new KvQuery.ListRecords(SlotRange.ALL, 0, size, withValues));
    }

    private KvQuery.Scan scan(int size, Optional<Bytes> after) {
      return new KvQuery.Scan(Bytes.EMPTY, Bytes.EMPTY, after, size, true);
    }

    @Test
    void ofExactlyTheLimitIsServedAndOneByteMoreIsRefused() {
      run.put(RecordId.key(Bytes.utf8("a")), zeros(KvLimits.PAGE_BYTES_MAX / 2 - 1), 0);
      run.put(RecordId.key(Bytes.utf8("b")), zeros(KvLimits.PAGE_BYTES_MAX / 2 - 1), 0);
      assertThat(names(list(2, true))).containsExactly(Bytes.utf8("a"), Bytes.utf8("b"));
      run.put(RecordId.key(Bytes.utf8("b")), zeros(KvLimits.PAGE_BYTES_MAX / 2), 0);
      assertThat(list(2, true)).isEqualTo(new KvResult.PageTooLarge());
      assertThat(names(list(1, true))).containsExactly(Bytes.utf8("a"));
      assertThat(names(list(2, false))).containsExactly(Bytes.utf8("a"), Bytes.utf8("b"));
    }

    @Test
    void ofOneRecordIsAlwaysServed() {
      RecordId longest = RecordId.key(zeros(KvLimits.KEY_BYTES_MAX));
      run.put(longest, zeros(KvLimits.VALUE_BYTES_MAX), 0);
      KvResult.Page page = (KvResult.Page) list(1000, true);
      assertThat(page.records()).hasSize(1);
      assertThat(page.end()).isTrue();
      assertThat(ask(scan(1000, Optional.empty()))).isInstanceOf(KvResult.Page.class);
    }

    @Test
    void countsNoExpiredRecords() {
      run.put(RecordId.key(Bytes.utf8("a")), zeros(20 * MIB), 1);
      run.put(RecordId.key(Bytes.utf8("b")), zeros(20 * MIB), 0);
      assertThat(list(2, true)).isEqualTo(new KvResult.PageTooLarge());
      run.advanceClock(1000);
      assertThat(names(list(2, true))).containsExactly(Bytes.utf8("b"));
    }

    @Test
    void beyondTheLimitMakesAScansPageShorterButNeverTooLarge() {
      List<Bytes> keys = List.of(Bytes.utf8("a"), Bytes.utf8("b"), Bytes.utf8("c"));
      keys.forEach(key -> run.put(RecordId.key(key), zeros(15 * MIB / 4), 0));
      KvResult.Page first = (KvResult.Page) ask(scan(3, Optional.empty()));
      assertThat(names(first)).containsExactly(keys.get(0), keys.get(1));
      assertThat(first.end()).isFalse();
      KvResult.Page second = (KvResult.Page) ask(scan(3, first.last()));
      assertThat(names(second)).containsExactly(keys.get(2));
      assertThat(second.end()).isTrue();
    }

    @Test
    void ofAScanAfterARecordThatFillsThePageAloneIsThatRecord() {
      run.put(RecordId.key(Bytes.utf8("a")), zeros(KvLimits.VALUE_BYTES_MAX), 0);
      run.put(RecordId.key(Bytes.utf8("b")), X, 0);
      KvResult.Page first = (KvResult.Page) ask(scan(3, Optional.empty()));
      assertThat(names(first)).containsExactly(Bytes.utf8("a"));
      assertThat(names(ask(scan(3, first.last())))).containsExactly(Bytes.utf8("b"));
    }

    @Test
    void isCountedForMembersOfSortedSets() {
      for (int i = 0; i < 17; i++) {
        byte[] member = new byte[MIB / 2];
        member[0] = (byte) i;
        run.score(TABLE, Bytes.wrap(member), -i);
      }
      assertThat(ask(new KvQuery.RangeByRank(TABLE, 0, 17, false)))
          .isEqualTo(new KvResult.PageTooLarge());
      assertThat(ask(new KvQuery.RangeByScore(TABLE, -16, 0, 0, 1000, true)))
          .isEqualTo(new KvResult.PageTooLarge());
      assertThat(names(ask(new KvQuery.RangeByRank(TABLE, 1, 16, false)))).hasSize(16);
      assertThat(names(ask(new KvQuery.RangeByScore(TABLE, -16, -1, 0, 17, false)))).hasSize(16);
    }

    @Test
    void zeroShowsNothingButWhetherSomethingFollows() {
      run.put(RecordId.key(X), X, 0);
      assertThat(list(0, true)).isEqualTo(new KvResult.Page(List.of(), false, 0, Optional.empty()));
      assertThat(ask(new KvQuery.ListRecords(SlotRange.ALL, 1, 0, true)))
          .isEqualTo(new KvResult.Page(List.of(), true, 1, Optional.empty()));
    }
  }

  @Nested
  class Offset {
    private final List<RecordId> members = new ArrayList<>();

    /** Members in some forty slots, one to five in each, in the order of the listing. */
    private void fill() {
      for (int i = 0; i < 120; i++) {
        Bytes name = Bytes.of(i % 40, i);
        members.add(RecordId.member(TABLE, name));
        run.put(RecordId.member(TABLE, name), Bytes.EMPTY, 0);
        run.put(RecordId.member(Bytes.utf8("other"), name), Bytes.EMPTY, 0);
      }
      members.sort(Comparator.comparing(RecordId::slot).thenComparing(RecordId::name));
      assertThat(members.stream().map(RecordId::slot).distinct().count()).isBetween(30L, 100L);
    }

    private KvResult list(SlotRange slots, long offset, int size) {
      return ask(new KvQuery.ListTable(RecordKind.SET_MEMBER, TABLE, slots, offset, size, true));
    }

    @Test
    void countsPositionsAcrossSlots() {
      fill();
      for (int offset = 0; offset <= members.size() + 2; offset++) {
        int from = Math.min(offset, members.size());
        int to = Math.min(from + 7, members.size());
        List<Listed> expected =
            members.subList(from, to).stream()
                .map(id -> new Listed(id, 1, Optional.empty()))
                .collect(Collectors.toList());
        boolean end = to == members.size();
        assertThat(list(SlotRange.ALL, offset, 7))
            .as("offset %d", offset)
            .isEqualTo(new KvResult.Page(expected, end, to, Optional.empty()));
      }
    }

    @Test
    void countsOnlyPositionsWithinTheSlotsAskedFor() {
      fill();
      int first = members.get(20).slot();
      int behind = members.get(90).slot();
      List<Bytes> inside =
          members.stream()
              .filter(id -> id.slot() >= first && id.slot() < behind)
              .map(RecordId::name)
              .collect(Collectors.toList());
      for (int offset = 0; offset <= inside.size(); offset++) {
        KvResult.Page page = (KvResult.Page) list(new SlotRange(first, behind), offset, 1000);
        assertThat(names(page)).isEqualTo(inside.subList(offset, inside.size()));
        assertThat(page.passed()).isEqualTo(inside.size());
      }
      assertThat(names(list(new SlotRange(first, first), 0, 10))).isEmpty();
    }

    @Test
    void leavesOutWholeSlotsWithoutReadingThem() {
      fill();
      int slot = members.get(0).slot();
      long inSlot = members.stream().filter(id -> id.slot() == slot).count();
      run.plant(RowKeys.record(members.get(0)), Bytes.utf8("damaged"));
      assertThat(names(list(SlotRange.ALL, inSlot, 1)))
          .containsExactly(members.get((int) inSlot).name());
    }

    @Test
    void countsExpiredRecordsUntilTheyArePurged() {
      fill();
      run.put(members.get(3), Bytes.EMPTY, 1);
      run.advanceClock(1000);
      KvResult.Page page = (KvResult.Page) list(SlotRange.ALL, 3, 1);
      assertThat(names(page)).containsExactly(members.get(4).name());
      assertThat(page.passed()).isEqualTo(5);
      run.apply(new KvCommand.PurgeExpired(1));
      page = (KvResult.Page) list(SlotRange.ALL, 3, 1);
      assertThat(names(page)).containsExactly(members.get(4).name());
      assertThat(page.passed()).isEqualTo(4);
    }
  }
}
