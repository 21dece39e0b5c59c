package io.raftwood.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.backup.RestoreResult.Status;
import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.fixtures.TotalDecoder;
import io.raftwood.kv.KvCommand;
import io.raftwood.kv.KvCommand.ScoreChange;
import io.raftwood.kv.KvResult;
import io.raftwood.kv.RecordId;
import io.raftwood.kv.RecordItem;
import io.raftwood.raft.Command;
import io.raftwood.raft.CorruptEntryException;
import io.raftwood.raft.KernelCommand;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RestoreMachineTest {
  private static final long T = 1_700_000_000_000L;
  private static final Bytes ID = Bytes.fromHex("0102030405060708090a0b0c0d0e0f10");
  private static final Bytes OTHER = Bytes.fromHex("ff".repeat(16));

  private final RestoredGroup source = new RestoredGroup();
  private final RestoredGroup target = new RestoredGroup();

  /** Records of all kinds, some overwritten, some with an expiry. */
  private void fill(int count) {
    for (int i = 0; i < count; i++) {
      Bytes name = Bytes.utf8("name-" + i % (count * 2 / 3));
      long ttl = i % 3 == 0 ? 60 + i : 0;
      Bytes table = Bytes.utf8("table-" + i % 5);
      source.apply(new KvCommand.Put(RecordId.key(name), Bytes.utf8("v" + i), ttl, 0));
      source.apply(
          new KvCommand.Put(
              RecordId.field(Bytes.of('h').concat(table), name), Bytes.utf8("f" + i), ttl, 0));
      source.apply(
          new KvCommand.Put(
              RecordId.member(Bytes.of('s').concat(table), name), Bytes.EMPTY, ttl, 0));
      source.apply(
          new KvCommand.SetScore(
              RecordId.scored(Bytes.of('z').concat(table), name), ScoreChange.SET, -i, ttl, 0));
    }
  }

  private void begin() {
    assertThat(target.apply(new RestoreCommand.Begin(ID)).status()).isEqualTo(Status.DONE);
    target.apply(new KernelCommand.Raise(5000, T).toCommand());
  }

  private RestoreResult put(RestoreRule rule, List<Bytes> items) {
    return target.apply(new RestoreCommand.Put(ID, rule, 1, items));
  }

  @Test
  void onlyTheEndOfARestoreAddsNothing() {
    RestoreMachine machine = new RestoreMachine(List.of());
    Bytes id = Bytes.wrap(new byte[RestoreCommand.ID_BYTES]);
    assertThat(machine.adds(new RestoreCommand.Begin(id).encode())).isTrue();
    assertThat(
            machine.adds(
                new RestoreCommand.Put(id, RestoreRule.RESTORE, 1, List.of(Bytes.of(1))).encode()))
        .isTrue();
    assertThat(machine.adds(new RestoreCommand.End(id).encode())).isFalse();
    assertThat(machine.adds(Bytes.EMPTY)).isTrue();
  }

  @Test
  void whatIsRestoredIsEqualWhateverThePages() {
    fill(300);
    List<Bytes> all = source.items(1 << 20);
    assertThat(all).hasSize(4 * 200);
    for (int pageBytes : new int[] {1, 37, 1000}) {
      assertThat(source.items(pageBytes)).isEqualTo(all);
    }
    begin();
    for (int from = 0; from < all.size(); from += 7) {
      List<Bytes> chunk = all.subList(from, Math.min(all.size(), from + 7));
      assertThat(put(RestoreRule.RESTORE, chunk).written()).isEqualTo(chunk.size());
    }
    assertThat(target.apply(new RestoreCommand.End(ID)).status()).isEqualTo(Status.DONE);
    assertThat(target.items(1 << 20)).isEqualTo(all);
  }

  @Test
  void onceOrTwiceOrInAnotherOrderIsTheSame() {
    fill(60);
    List<Bytes> items = new ArrayList<>(source.items(1 << 20));
    begin();
    put(RestoreRule.RESTORE, items);
    List<Bytes> rows = target.rows();
    RestoreResult again = put(RestoreRule.RESTORE, items);
    assertThat(again.kept()).isEqualTo(items.size());
    assertThat(again.written()).isZero();
    assertThat(target.rows()).isEqualTo(rows);
    Collections.shuffle(items, new Random(1));
    put(RestoreRule.RESTORE, items);
    assertThat(target.rows()).isEqualTo(rows);
  }

  @Test
  void whatClientsWriteMeanwhileStays() {
    fill(3);
    begin();
    RecordId id = RecordId.key(Bytes.utf8("name-0"));
    target.apply(new KvCommand.Put(id, Bytes.utf8("newer"), 0, 0));
    RestoreResult result = put(RestoreRule.RESTORE, source.items(1 << 20));
    assertThat(result.kept()).isEqualTo(1);
    KvResult stored = target.apply(new KvCommand.Put(id, Bytes.utf8("next"), 0, 0));
    assertThat(stored).isEqualTo(new KvResult.Stored(2));
  }

  @Test
  void revisionsGoOnAboveThoseOfTheBackup() {
    fill(3);
    begin();
    put(RestoreRule.RESTORE, source.items(1 << 20));
    RecordId id = RecordId.key(Bytes.utf8("name-0"));
    assertThat(target.apply(new KvCommand.Put(id, Bytes.utf8("n"), 0, 0)))
        .isEqualTo(new KvResult.Stored(3));
    long highest =
        target.items(1 << 20).stream()
            .map(RecordItem::decode)
            .filter(item -> item.id().equals(id))
            .findFirst()
            .orElseThrow()
            .modRevision();
    assertThat(highest).isGreaterThan(5000);
  }

  @Test
  void recordsWhoseTimeIsOverAreLeftOut() {
    fill(6);
    List<Bytes> items = source.items(1 << 20);
    begin();
    target.clockMillis = T + 3_600_000;
    RestoreResult result = put(RestoreRule.RESTORE, items);
    assertThat(result.expired()).isEqualTo(7);
    assertThat(result.written()).isEqualTo(items.size() - 7);
  }

  @Test
  void aTableIsOfOneKind() {
    target.apply(
        new KvCommand.Put(RecordId.member(Bytes.utf8("t"), Bytes.utf8("m")), Bytes.EMPTY, 0, 0));
    RecordId field = RecordId.field(Bytes.utf8("t"), Bytes.utf8("f"));
    Bytes item = new RecordItem(field, 1, 1, 0, Bytes.utf8("v")).encode();
    assertThat(put(RestoreRule.IMPORT, List.of(item)).refused()).isEqualTo(1);
  }

  @Test
  void beginsOnlyInAGroupThatHoldsNothingAndAgainUnderItsOwnId() {
    begin();
    assertThat(target.apply(new RestoreCommand.Begin(OTHER)).status()).isEqualTo(Status.NOT_EMPTY);
    begin();
    put(RestoreRule.IMPORT, List.of(item(1)));
    begin();
    assertThat(target.apply(new RestoreCommand.End(OTHER)).status())
        .isEqualTo(Status.NOT_UNDER_WAY);
    target.apply(new RestoreCommand.End(ID));
    assertThat(target.apply(new RestoreCommand.End(ID)).status()).isEqualTo(Status.NOT_UNDER_WAY);
    assertThat(target.apply(new RestoreCommand.Begin(ID)).status()).isEqualTo(Status.NOT_EMPTY);
    assertThat(put(RestoreRule.RESTORE, List.of(item(2))).status()).isEqualTo(Status.NOT_UNDER_WAY);
  }

  private static Bytes item(long version) {
    RecordId id = RecordId.key(Bytes.utf8("k"));
    return new RecordItem(id, version, 9, 0, Bytes.utf8("v" + version)).encode();
  }

  @Test
  void importsKeepHigherVersionsUnlessTold() {
    assertThat(put(RestoreRule.IMPORT, List.of(item(5))).written()).isEqualTo(1);
    assertThat(put(RestoreRule.IMPORT, List.of(item(5), item(4))).kept()).isEqualTo(2);
    assertThat(put(RestoreRule.IMPORT, List.of(item(6))).written()).isEqualTo(1);
    assertThat(put(RestoreRule.OVERWRITE, List.of(item(2))).written()).isEqualTo(1);
    RecordItem stored = RecordItem.decode(target.items(1).get(0));
    assertThat(stored.version()).isEqualTo(2);
    assertThat(stored.modRevision()).isEqualTo(4);
  }

  @Test
  void bytesAreThoseOfTheGoldenFile() {
    GoldenFile golden = GoldenFile.read("restore-1.hex");
    RecordId field = RecordId.field(Bytes.utf8("h"), Bytes.utf8("f"));
    Bytes item = new RecordItem(field, 3, 0x44, T + 600_000, Bytes.utf8("v1")).encode();
    assertThat(item).isEqualTo(golden.get("record-item"));
    assertThat(new RestoreCommand.Begin(ID).encode()).isEqualTo(golden.get("begin"));
    assertThat(new RestoreCommand.End(ID).encode()).isEqualTo(golden.get("end"));
    RestoreCommand put =
        new RestoreCommand.Put(ID, RestoreRule.RESTORE, 1, List.of(Bytes.of(7, 7), Bytes.of(8)));
    assertThat(put.encode()).isEqualTo(golden.get("put"));
    assertThat(RestoreCommand.decode(put.encode())).isEqualTo(put);
    assertThat(new RestoreResult(Status.DONE, 300, 1, 0, 2).encode())
        .isEqualTo(golden.get("result"));
    assertThat(new ArchivePage(List.of(Bytes.of(7)), Optional.of(Bytes.of(9))).encode())
        .isEqualTo(golden.get("page"));
  }

  @Test
  void decodersAreTotal() {
    SplittableRandom random = new SplittableRandom(3);
    TotalDecoder commands = new TotalDecoder(RestoreCommand::decode, MalformedBytesException.class);
    for (RestoreCommand command :
        List.of(
            new RestoreCommand.Begin(ID),
            new RestoreCommand.Put(ID, RestoreRule.IMPORT, 4, List.of(Bytes.of(1), item(1))))) {
      commands.refusesOtherLengths(command.encode());
      commands.survivesDamage(command.encode(), random, 2000);
    }
    TotalDecoder items = new TotalDecoder(RecordItem::decode, MalformedBytesException.class);
    items.survivesDamage(item(4), random, 2000);
    TotalDecoder results = new TotalDecoder(RestoreResult::decode, MalformedBytesException.class);
    results.refusesOtherLengths(RestoreResult.of(Status.DONE).encode());
    TotalDecoder pages = new TotalDecoder(ArchivePage::decode, MalformedBytesException.class);
    Bytes page = new ArchivePage(List.of(item(1)), Optional.of(item(2))).encode();
    pages.refusesOtherLengths(page);
    pages.survivesDamage(page, random, 2000);
  }

  @Test
  void anItemThatIsNoneIsAFaultInTheLog() {
    Bytes payload =
        new RestoreCommand.Put(ID, RestoreRule.IMPORT, 1, List.of(Bytes.of(1, 2, 3))).encode();
    assertThatThrownBy(() -> target.apply(Command.of(RestoreCommand.FAMILY, payload)))
        .isExactlyInstanceOf(CorruptEntryException.class);
  }
}
