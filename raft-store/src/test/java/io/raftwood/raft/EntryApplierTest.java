package io.raftwood.raft;

import static io.raftwood.raft.JournalMachine.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.fixtures.InMemoryTablet;
import io.raftwood.storage.KeyRange;
import io.raftwood.storage.StorageBatch;
import io.raftwood.storage.StorageCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EntryApplierTest {
  private static final long T = 1_700_000_000_000L;
  private static final long MEMORY = EntryApplier.IDEMPOTENCY_MILLIS;

  private final InMemoryTablet tablet = new InMemoryTablet("g");
  private JournalMachine machine = new JournalMachine();
  private EntryApplier applier = new EntryApplier(List.of(machine));
  private long index;

  @Test
  void appliesCommandsInOrderWithARevisionEach() {
    AppliedEntry applied = apply(T, command(1), command(2));
    assertThat(applied.results()).containsExactly(answer(1, T), answer(2, T));
    assertThat(applied.barrier()).isEmpty();
    assertThat(apply(T + 5, command(3)).results()).containsExactly(answer(3, T + 5));
    assertThat(machine.applied).containsExactly(Bytes.of(1), Bytes.of(2), Bytes.of(3));
  }

  @Test
  void appliesTheCommandsOfABundleLikeOthersAndAnswersThemAsOne() {
    Command keyed = new Command(JournalMachine.FAMILY, Optional.of(Bytes.utf8("k")), Bytes.of(2));
    AppliedEntry applied =
        apply(T, command(1), BundleCodec.ofCommands(List.of(keyed, command(3), keyed)), command(4));
    assertThat(applied.results()).hasSize(3);
    assertThat(applied.results().get(2)).isEqualTo(answer(4, T));
    assertThat(BundleCodec.parts(applied.results().get(1), 3))
        .containsExactly(answer(2, T), answer(3, T), answer(2, T));
    assertThat(machine.applied).containsExactly(Bytes.of(1), Bytes.of(2), Bytes.of(3), Bytes.of(4));
    assertThat(applier.position().revision()).isEqualTo(4);
    assertThat(apply(T, keyed).results()).containsExactly(answer(2, T));
  }

  @Test
  void answersTheQueriesOfABundleUntilTheyAreLongEnough() {
    apply(T, command(42));
    QueryRunner queries = new QueryRunner(List.of(machine));
    Query one = new Query(JournalMachine.FAMILY, Bytes.of(1));
    Bytes answers =
        queries.query(tablet, Position.read(tablet), BundleCodec.ofQueries(List.of(one, one)));
    Bytes answer = answer(1, T).concat(Bytes.of(42));
    assertThat(BundleCodec.parts(answers, 2)).containsExactly(answer, answer);
  }

  @Test
  void writesThePositionWithTheData() {
    StorageBatch batch = tablet.newBatch();
    applier.apply(batch, 17, 4, EntryCodec.encode(T, List.of(command(1), command(2))));
    assertThat(Position.read(batch)).isEqualTo(new Position(17, 4, 2, T));
    assertThat(applier.position()).isEqualTo(new Position(17, 4, 2, T));
    assertThat(Position.read(tablet)).isEqualTo(Position.ZERO);
    tablet.commit(batch);
    assertThat(Position.read(tablet)).isEqualTo(applier.position());
  }

  @Test
  void skipsWhatIsAppliedAlready() {
    apply(T, command(1));
    apply(T, command(2));
    restart();
    StorageBatch batch = tablet.newBatch();
    for (long old = 0; old <= 2; old++) {
      AppliedEntry applied =
          applier.apply(batch, old, 1, EntryCodec.encode(T + 99, List.of(command(5))));
      assertThat(applied).isSameAs(AppliedEntry.SKIPPED);
      assertThat(applied.skipped()).isTrue();
    }
    assertThat(batch.changes()).isZero();
    assertThat(apply(T, command(3)).skipped()).isFalse();
    assertThat(applier.position()).isEqualTo(new Position(3, 1, 3, T));
  }

  @Test
  void neverTurnsReplicatedTimeBack() {
    apply(T, command(1));
    assertThat(apply(T - 1000, command(2)).results()).containsExactly(answer(2, T));
    restart();
    assertThat(apply(0, command(3)).results()).containsExactly(answer(3, T));
    assertThat(apply(T + 1, command(4)).results()).containsExactly(answer(4, T + 1));
  }

  @Test
  void answersQueriesWithTheClockOfTheViewThatIsRead() {
    apply(T, command(42));
    QueryRunner queries = new QueryRunner(List.of(machine));
    Query query = new Query(JournalMachine.FAMILY, Bytes.of(1));
    assertThat(queries.query(tablet, Position.read(tablet), query))
        .isEqualTo(answer(1, T).concat(Bytes.of(42)));
    assertThat(queries.query(tablet, new Position(1, 1, 1, T - 7), query))
        .isEqualTo(answer(1, T - 7).concat(Bytes.of(42)));
    for (int family : new int[] {-1, 0, 8, 256}) {
      assertThatThrownBy(
              () -> queries.query(tablet, Position.read(tablet), new Query(family, Bytes.EMPTY)))
          .isExactlyInstanceOf(MalformedBytesException.class);
    }
  }

  @Nested
  class Faults {
    @Test
    void refusesAFamilyWithoutMachine() {
      assertThatThrownBy(() -> apply(T, command(1), Command.of(8, Bytes.EMPTY)))
          .isExactlyInstanceOf(CorruptEntryException.class)
          .hasMessage("entry 1: family 8 is unknown");
    }

    @Test
    void refusesWhatIsNoEntry() {
      assertThatThrownBy(() -> applier.apply(tablet.newBatch(), 1, 1, Bytes.EMPTY))
          .isExactlyInstanceOf(CorruptEntryException.class);
      assertThatThrownBy(() -> applier.apply(tablet.newBatch(), 1, 1, Bytes.of(7, 7)))
          .isExactlyInstanceOf(CorruptEntryException.class);
    }

    @Test
    void refusesAnUnknownKernelCommand() {
      assertThatThrownBy(() -> apply(T, Command.of(0, Bytes.of(1, 99))))
          .isExactlyInstanceOf(CorruptEntryException.class);
    }

    @Test
    void refusesResultsAboveTheLimit() {
      assertThat(apply(T, resultOf(65_536)).results().get(0).length()).isEqualTo(65_536);
      assertThatThrownBy(() -> apply(T, resultOf(65_537)))
          .isExactlyInstanceOf(IllegalStateException.class)
          .hasMessage("entry 2, family 9: a result of 65537 bytes");
    }

    @Test
    void refusesATabletOfANewerVersion() {
      StorageBatch batch = tablet.newBatch();
      batch.put(Bytes.of(0, 0), Bytes.of(2).concat(Bytes.wrap(new byte[40])));
      tablet.commit(batch);
      assertThatThrownBy(() -> applier.load(tablet))
          .isExactlyInstanceOf(CorruptEntryException.class)
          .hasMessageContaining("format 2")
          .hasMessageContaining("format 1");
    }

    @Test
    void refusesMachinesOfOneFamilyAndOfTheKernels() {
      List<Machine> twice = List.of(machine, new JournalMachine());
      assertThatIllegalArgumentException().isThrownBy(() -> new EntryApplier(twice));
      assertThatIllegalArgumentException().isThrownBy(() -> new QueryRunner(twice));
    }
  }

  @Nested
  class Barriers {
    @Test
    void changeNothingButThePosition() {
      apply(T, keyed("k", 1));
      List<Bytes> before = rowsBesidesPosition();
      Command barrier = new KernelCommand.Barrier(77).toCommand();
      AppliedEntry applied = apply(T + 2 * MEMORY, barrier);
      assertThat(applied).isEqualTo(new AppliedEntry(List.of(Bytes.EMPTY), OptionalLong.of(77)));
      assertThat(applied.skipped()).isFalse();
      assertThat(applier.position()).isEqualTo(new Position(2, 1, 1, T + 2 * MEMORY));
      assertThat(Position.read(tablet)).isEqualTo(applier.position());
      assertThat(rowsBesidesPosition()).isEqualTo(before);
    }
  }

  @Nested
  class Raises {
    @Test
    void moveRevisionAndTimeForwardAndNeverBack() {
      apply(T, command(1));
      AppliedEntry applied = apply(T + 1, new KernelCommand.Raise(100, T + 500).toCommand());
      assertThat(applied).isEqualTo(new AppliedEntry(List.of(Bytes.EMPTY), OptionalLong.empty()));
      assertThat(applier.position()).isEqualTo(new Position(2, 1, 100, T + 500));
      apply(T + 2, new KernelCommand.Raise(99, T).toCommand());
      assertThat(applier.position()).isEqualTo(new Position(3, 1, 100, T + 500));
      assertThat(apply(T + 3, command(2)).results()).containsExactly(answer(101, T + 500));
      assertThat(applier.position()).isEqualTo(new Position(4, 1, 101, T + 500));
      restart();
      assertThat(applier.position()).isEqualTo(new Position(4, 1, 101, T + 500));
    }
  }

  @Nested
  class Idempotency {
    @Test
    void answersADuplicateInTheSameEntryWithTheFirstResult() {
      assertThat(apply(T, keyed("k", 1), keyed("k", 1), command(2)).results())
          .containsExactly(answer(1, T), answer(1, T), answer(2, T));
      assertThat(machine.applied).containsExactly(Bytes.of(1), Bytes.of(2));
    }

    @Test
    void answersADuplicateInALaterEntryWithoutAdvancingTheRevision() {
      apply(T, keyed("k", 1));
      assertThat(apply(T + 9, keyed("k", 1)).results()).containsExactly(answer(1, T));
      assertThat(applier.position()).isEqualTo(new Position(2, 1, 1, T + 9));
    }

    @Test
    void letsTheKeyAloneDecideWithinAFamily() {
      apply(T, keyed("k", 1));
      assertThat(apply(T, keyed("k", 2)).results()).containsExactly(answer(1, T));
      assertThat(machine.applied).containsExactly(Bytes.of(1));
    }

    @Test
    void takesTheSameKeyOfTwoFamiliesForTwoCommands() {
      Machine other = new OtherFamily();
      applier = new EntryApplier(List.of(machine, other));
      Optional<Bytes> key = Optional.of(Bytes.utf8("k"));
      Command command = new Command(other.family(), key, Bytes.of(3));
      assertThat(apply(T, keyed("k", 1), command, keyed("k", 1), command).results())
          .containsExactly(answer(1, T), Bytes.of(3), answer(1, T), Bytes.of(3));
      assertThat(applier.position().revision()).isEqualTo(2);
    }

    @Test
    void remembersAcrossARestart() {
      apply(T, keyed("k", 1));
      restart();
      assertThat(apply(T + MEMORY - 1, keyed("k", 1)).results()).containsExactly(answer(1, T));
      assertThat(machine.applied).isEmpty();
    }

    @Test
    void forgetsAfterTenMinutesOfReplicatedTime() {
      apply(T, keyed("k", 1));
      assertThat(apply(T + MEMORY - 1, keyed("k", 1)).results()).containsExactly(answer(1, T));
      assertThat(apply(T + MEMORY, keyed("k", 1)).results()).containsExactly(answer(2, T + MEMORY));
      // The second life of the key lasts as long as the first one did.
      assertThat(apply(T + 2 * MEMORY - 1, keyed("k", 1)).results())
          .containsExactly(answer(2, T + MEMORY));
      assertThat(apply(T + 2 * MEMORY, command(0)).skipped()).isFalse();
      assertThat(idempotencyRows()).isZero();
    }

    @Test
    void forgetsAKeyThatThePurgeHasNotReachedYet() {
      int keys = 100;
      for (int i = 0; i < keys; i++) {
        apply(T, keyed("k" + i, i));
      }
      // One command: 17 rows are purged, k99's is not among them.
      assertThat(apply(T + MEMORY, keyed("k99", 1)).results())
          .containsExactly(answer(keys + 1, T + MEMORY));
      assertThat(idempotencyRows()).isEqualTo(2L * (keys - 17));
      assertThat(apply(T + MEMORY, keyed("k99", 1)).results())
          .containsExactly(answer(keys + 1, T + MEMORY));
    }

    @Test
    void purgesABoundedNumberOfRowsPerEntryUntilNoneIsLeft() {
      for (int i = 0; i < 40; i++) {
        apply(T + i, keyed("k" + i, i));
      }
      restart();
      int surplus = EntryApplier.PURGE_SURPLUS;
      assertThat(idempotencyRows()).isEqualTo(80);
      apply(T + 2 * MEMORY, command(1));
      assertThat(idempotencyRows()).isEqualTo(80 - 2L * (surplus + 1));
      apply(T + 2 * MEMORY, command(1), command(2));
      assertThat(idempotencyRows()).isEqualTo(80 - 2L * (2 * surplus + 3));
      apply(T + 2 * MEMORY, command(1));
      assertThat(idempotencyRows()).isZero();
    }

    @Test
    void keepsNoMoreRowsThanTheLastTenMinutesBrought() {
      int perEntry = 100;
      int entriesInMemory = 6;
      for (int round = 0; round < 60; round++) {
        Command[] commands = new Command[perEntry];
        for (int i = 0; i < perEntry; i++) {
          commands[i] = keyed(round + "/" + i, i);
        }
        apply(T + round * (MEMORY / entriesInMemory), commands);
        assertThat(idempotencyRows()).isLessThanOrEqualTo(2L * perEntry * entriesInMemory);
      }
    }

    @Test
    void storesItsRowsByteForByte() {
      GoldenFile golden = GoldenFile.read("rows-1.hex");
      apply(T, Command.of(9, Bytes.of(0xff, 0, 0, 0, 0)), keyed("other", 1));
      apply(T, new Command(9, Optional.of(Bytes.utf8("k")), Bytes.of(1)));
      Bytes row = golden.get("result-row");
      assertThat(tablet.get(golden.get("result-key")))
          .contains(row.slice(0, 8).concat(answer(3, T)));
      assertThat(tablet.get(golden.get("result-expiry-key")))
          .contains(golden.get("result-expiry-row"));
    }
  }

  private record OtherFamily() implements Machine {
    @Override
    public int family() {
      return 10;
    }

    @Override
    public Bytes apply(ApplyContext context, Bytes command) {
      return command;
    }

    @Override
    public Bytes query(QueryContext context, Bytes query) {
      return query;
    }
  }

  private AppliedEntry apply(long stamp, Command... commands) {
    index++;
    StorageBatch batch = tablet.newBatch();
    AppliedEntry applied =
        applier.apply(batch, index, 1, EntryCodec.encode(stamp, List.of(commands)));
    tablet.commit(batch);
    return applied;
  }

  private void restart() {
    machine = new JournalMachine();
    applier = new EntryApplier(List.of(machine));
    applier.load(tablet);
  }

  private static Command command(int payload) {
    return Command.of(JournalMachine.FAMILY, Bytes.of(payload));
  }

  private static Command keyed(String key, int payload) {
    Optional<Bytes> bytes = Optional.of(Bytes.utf8(key));
    return new Command(JournalMachine.FAMILY, bytes, Bytes.of(payload));
  }

  private static Command resultOf(int length) {
    return Command.of(JournalMachine.FAMILY, new ByteWriter().u8(0xff).u32(length).toBytes());
  }

  private long idempotencyRows() {
    return rows(KeyRange.of(Bytes.of(0, 1), Bytes.of(1))).size() / 2;
  }

  private List<Bytes> rowsBesidesPosition() {
    return rows(new KeyRange(Bytes.of(0, 1), Optional.empty()));
  }

  private List<Bytes> rows(KeyRange range) {
    List<Bytes> rows = new ArrayList<>();
    try (StorageCursor cursor = tablet.scan(range)) {
      while (cursor.next()) {
        rows.add(cursor.key());
        rows.add(cursor.value());
      }
    }
    return rows;
  }
}
