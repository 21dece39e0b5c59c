package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.ByteReader;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.InMemoryTablets;
import io.raftwood.storage.StorageException;
import io.raftwood.storage.StorageSnapshot;
import io.raftwood.storage.Tablet;
import io.raftwood.storage.TabletClosedException;
import io.raftwood.storage.TabletStore;
import io.raftwood.storage.rocksdb.RocksDbSettings;
import io.raftwood.storage.rocksdb.RocksDbTabletStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplicaStateTest {
  private static final String GROUP = "data-0";
  private static final long T = 1_000;

  @TempDir Path directory;

  private final TabletStore store = new InMemoryTablets();
  private final BarrierHashes hashes = new BarrierHashes(Runnable::run);
  private final ReplicaState state = open(store);

  @AfterEach
  void close() {
    state.close();
  }

  @Test
  void aRoundIsVisibleOnlyAfterItsCommit() {
    ReplicaState.Round round = state.beginRound();
    assertThat(round.apply(5, 2, entry(T, Bytes.utf8("a"))).results())
        .containsExactly(JournalMachine.answer(1, T));
    assertThat(state.applied()).isEqualTo(Position.ZERO);
    assertThat(row(state, 1).appliedIndex()).isZero();
    assertThat(content(row(state, 1))).isEmpty();
    round.commit();
    assertThat(state.applied()).isEqualTo(new Position(5, 2, 1, T));
    assertThat(row(state, 1).appliedIndex()).isEqualTo(5);
    assertThat(content(row(state, 1))).isEqualTo("a");
  }

  @Test
  void whatIsAppliedAlreadyChangesNothing() {
    apply(state, 5, T, "a");
    ReplicaState.Round round = state.beginRound();
    assertThat(round.apply(4, 2, entry(T, Bytes.utf8("b"))).skipped()).isTrue();
    assertThat(round.apply(5, 2, entry(T, Bytes.utf8("b"))).skipped()).isTrue();
    round.commit();
    assertThat(state.applied()).isEqualTo(new Position(5, 2, 1, T));
    assertThat(content(row(state, 1))).isEqualTo("a");
    assertThat(content(row(state, 2))).isEmpty();
  }

  @Test
  void aLargeRoundIsCommittedInPieces() {
    ReplicaState.Round round = state.beginRound();
    for (int index = 1; index <= 50; index++) {
      round.apply(index, 1, entry(T, manyCommands(500)));
    }
    assertThat(state.applied().index()).as("committed on the way").isBetween(30L, 49L);
    assertThat(content(row(state, 1))).isEqualTo("c");
    round.commit();
    assertThat(state.applied()).isEqualTo(new Position(50, 1, 25_000, T));
  }

  @Test
  void anEntryThatCannotBeAppliedLeavesTheCommittedStateAlone() {
    apply(state, 1, T, "a");
    ReplicaState.Round round = state.beginRound();
    round.apply(2, 1, entry(T, Bytes.utf8("b")));
    assertThatThrownBy(() -> round.apply(3, 1, Bytes.utf8("garbage")))
        .isInstanceOf(CorruptEntryException.class);
    assertThat(state.applied()).isEqualTo(new Position(1, 2, 1, T));
    assertThat(content(row(state, 2))).isEmpty();
  }

  /** The hash is of the state at the barrier, whatever the same round brings after it. */
  @Test
  void aBarrierHashesWhatEveryReplicaHasThereHoweverRoundsAreCut() {
    Bytes barrier = barrier(42);
    ReplicaState.Round round = state.beginRound();
    round.apply(1, 1, entry(T, Bytes.utf8("a")));
    AppliedEntry applied = round.apply(2, 1, barrier);
    round.apply(3, 1, entry(T, Bytes.utf8("b")));
    round.commit();
    assertThat(applied.results()).containsExactly(Bytes.EMPTY);
    assertThat(applied.barrier()).hasValue(42);

    BarrierHashes others = new BarrierHashes(Runnable::run);
    try (ReplicaState other = new ReplicaState(GROUP, new InMemoryTablets(), machines(), others)) {
      apply(other, 1, 1, T, entry(T, Bytes.utf8("a")));
      apply(other, 2, 1, T, barrier);
      assertThat(others.find(42).orElseThrow().join())
          .isEqualTo(hashes.find(42).orElseThrow().join());
      apply(other, 3, 1, T, entry(T, Bytes.utf8("x")));
      apply(other, 4, 1, T, barrier(43));
    }
    apply(state, 4, 1, T, barrier(43));
    assertThat(others.find(43).orElseThrow().join())
        .isNotEqualTo(hashes.find(43).orElseThrow().join());
  }

  @Test
  void anInstallSwapsTheStateAndEntriesGoOnFromThere() {
    apply(state, 1, T, "old");
    Path checkpoint = checkpoint(7, "new");
    Tablet before = state.tablet();
    state.install(checkpoint);
    assertThat(state.applied()).isEqualTo(new Position(70, 2, 1, T + 7));
    assertThat(content(row(state, 1))).isEqualTo("new");
    assertThatThrownBy(before::newBatch).isInstanceOf(TabletClosedException.class);
    assertThat(state.tablet().generation()).isEqualTo(1);
    ReplicaState.Round round = state.beginRound();
    assertThat(round.apply(70, 2, entry(T, Bytes.utf8("known"))).skipped()).isTrue();
    round.apply(71, 2, entry(T, Bytes.utf8("next")));
    round.commit();
    assertThat(content(row(state, 2))).isEqualTo("next");
    assertThat(state.applied()).isEqualTo(new Position(71, 2, 2, T + 7));
  }

  @Test
  void aQueryDuringAnInstallSeesOneStateWholeOnTheHeap() {
    assertNoMixture(state);
  }

  @Test
  void aQueryDuringAnInstallSeesOneStateWholeInRocksDb() {
    try (RocksDbTabletStore tablets =
            new RocksDbTabletStore(directory.resolve("tablets"), RocksDbSettings.DEFAULT);
        ReplicaState replica = open(tablets)) {
      List<Path> checkpoints = new ArrayList<>();
      for (int number = 1; number <= 3; number++) {
        apply(replica, number * 10L, 2, T, overwrite(number));
        checkpoints.add(directory.resolve("rocks" + number));
        replica.tablet().checkpoint(checkpoints.get(number - 1));
      }
      assertNoMixture(replica, checkpoints, 2);
    }
  }

  @Test
  void aMomentThatIsHeldStaysAndIsTakenBackByAnInstall() {
    apply(state, 5, T, "a");
    StorageSnapshot held = state.hold();
    StorageSnapshot returned = state.hold();
    returned.close();
    Path checkpoint = directory.resolve("held");
    state.tablet().checkpoint(checkpoint);
    apply(state, 6, T, "b");
    assertThat(Position.read(held).index()).isEqualTo(5);
    state.install(checkpoint);
    assertThatThrownBy(() -> Position.read(held)).isExactlyInstanceOf(IllegalStateException.class);
    try (StorageSnapshot next = state.hold()) {
      assertThat(Position.read(next).index()).isEqualTo(5);
    }
  }

  @Test
  void aQueryAfterTheCloseIsRefused() {
    state.close();
    assertThatThrownBy(() -> row(state, 1)).isInstanceOf(TabletClosedException.class);
  }

  @Test
  void aQueryWithoutAMachineIsTheAskersMistake() {
    assertThatThrownBy(() -> state.query(new Query(200, Bytes.EMPTY), ReadConsistency.LOCAL))
        .isInstanceOf(MalformedBytesException.class);
  }

  @Test
  void aCheckpointThatCannotBeReadLeavesTheOldStateWhole() {
    apply(state, 1, T, "old");
    assertThatThrownBy(() -> state.install(directory.resolve("absent")))
        .isInstanceOf(StorageException.class);
    assertThat(content(row(state, 1))).isEqualTo("old");
    apply(state, 2, T, "next");
    assertThat(state.applied().index()).isEqualTo(2);
  }

  private void assertNoMixture(ReplicaState replica) {
    assertNoMixture(
        replica, IntStream.rangeClosed(1, 9).mapToObj(n -> checkpoint(n, "row" + n)).toList(), 10);
  }

  /** Installs each checkpoint again and again; row, clock and index must always agree. */
  private void assertNoMixture(ReplicaState replica, List<Path> checkpoints, int rounds) {
    replica.install(checkpoints.get(0));
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService readers = Executors.newFixedThreadPool(3);
    try {
      List<CompletableFuture<Long>> reading = new ArrayList<>();
      for (int reader = 0; reader < 3; reader++) {
        reading.add(CompletableFuture.supplyAsync(() -> readUntil(done, replica), readers));
      }
      for (int round = 0; round < rounds; round++) {
        checkpoints.forEach(replica::install);
      }
      done.set(true);
      assertThat(reading).allSatisfy(reader -> assertThat(reader.join()).isPositive());
    } finally {
      done.set(true);
      readers.shutdown();
    }
  }

  private static long readUntil(AtomicBoolean done, ReplicaState replica) {
    long reads = 0;
    do {
      Answer answer = row(replica, 1);
      ByteReader reader = new ByteReader(answer.result());
      reader.u64();
      long number = reader.u64() - T;
      assertThat(answer.appliedIndex()).isEqualTo(number * 10);
      assertThat(reader.rest().toUtf8()).isEqualTo("row" + number);
      reads++;
    } while (!done.get());
    return reads;
  }

  /**
   * The state whose index is 10 x number, whose clock is T + number and whose first row is text.
   */
  private Path checkpoint(int number, String text) {
    Path path = directory.resolve("checkpoint" + number);
    try (ReplicaState source = open(new InMemoryTablets())) {
      apply(source, number * 10L, T + number, text);
      source.tablet().checkpoint(path);
    }
    return path;
  }

  private ReplicaState open(TabletStore tablets) {
    return new ReplicaState(GROUP, tablets, machines(), hashes);
  }

  private static List<Machine> machines() {
    return List.of(new JournalMachine(), new FirstRowMachine());
  }

  private static void apply(ReplicaState replica, long index, long stamp, String text) {
    apply(replica, index, 2, stamp, entry(stamp, Bytes.utf8(text)));
  }

  private static void apply(ReplicaState replica, long index, long term, long stamp, Bytes entry) {
    ReplicaState.Round round = replica.beginRound();
    round.apply(index, term, entry);
    round.commit();
    assertThat(replica.applied().clockMillis()).isGreaterThanOrEqualTo(stamp);
  }

  private static Bytes overwrite(int number) {
    Command command = Command.of(FirstRowMachine.FAMILY, Bytes.utf8("row" + number));
    return EntryCodec.encode(T + number, List.of(command));
  }

  private static Bytes barrier(long id) {
    return EntryCodec.encode(T, List.of(new KernelCommand.Barrier(id).toCommand()));
  }

  private static Bytes entry(long stamp, Bytes... payloads) {
    List<Command> commands = new ArrayList<>();
    for (Bytes payload : payloads) {
      commands.add(Command.of(JournalMachine.FAMILY, payload));
    }
    return EntryCodec.encode(stamp, commands);
  }

  private static Bytes[] manyCommands(int count) {
    return IntStream.range(0, count).mapToObj(i -> Bytes.utf8("c")).toArray(Bytes[]::new);
  }

  private static Answer row(ReplicaState replica, int revision) {
    Query query = new Query(JournalMachine.FAMILY, Bytes.of(revision));
    return replica.query(query, ReadConsistency.LOCAL);
  }

  private static String content(Answer answer) {
    return answer.result().slice(16).toUtf8();
  }

  /** Always writes the row that {@link JournalMachine} shows as the first. */
  private static final class FirstRowMachine implements Machine {
    static final int FAMILY = 10;

    @Override
    public int family() {
      return FAMILY;
    }

    @Override
    public Bytes apply(ApplyContext context, Bytes command) {
      context.batch().put(JournalMachine.row(1), command);
      return Bytes.EMPTY;
    }

    @Override
    public Bytes query(QueryContext context, Bytes query) {
      return Bytes.EMPTY;
    }
  }
}
