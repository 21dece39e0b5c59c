package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.ByteWriter;
import io.raftwood.bytes.Bytes;
import io.raftwood.fixtures.GoldenFile;
import io.raftwood.fixtures.TotalDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EntryCodecTest {
  private static final long SEED = 20261121;
  private static final TotalDecoder DECODER =
      new TotalDecoder(EntryCodec::decode, CorruptEntryException.class);

  private final SplittableRandom random = new SplittableRandom(SEED);

  @Test
  void readsWhatItWrote() {
    for (int round = 0; round < 2000; round++) {
      Entry entry = anEntry(round % 100 == 0 ? EntryCodec.COMMANDS_MAX : 8, 300);
      Bytes encoded = EntryCodec.encode(entry.stampMillis(), entry.commands());
      assertThat(EntryCodec.decode(encoded)).as("seed %d round %d", SEED, round).isEqualTo(entry);
    }
  }

  @Test
  void tellsBeforehandHowLongAnEntryBecomes() {
    for (int round = 0; round < 500; round++) {
      Entry entry = anEntry(200, 20_000 >> random.nextInt(15));
      long sum = entry.commands().stream().mapToLong(EntryCodec::encodedLength).sum();
      int count = entry.commands().size() < 128 ? 1 : 2;
      assertThat(EntryCodec.encode(entry.stampMillis(), entry.commands()).length())
          .as("seed %d round %d", SEED, round)
          .isEqualTo((int) (1 + 8 + count + sum));
    }
  }

  @Test
  void refusesEveryOtherLength() {
    for (int round = 0; round < 20; round++) {
      Entry entry = anEntry(4, 30);
      DECODER.refusesOtherLengths(EntryCodec.encode(entry.stampMillis(), entry.commands()));
    }
  }

  @Test
  void readsOrRefusesWhateverIsDamaged() {
    for (int round = 0; round < 200; round++) {
      Entry entry = anEntry(6, 200);
      DECODER.survivesDamage(EntryCodec.encode(entry.stampMillis(), entry.commands()), random, 100);
    }
  }

  @Test
  void keepsFormatOneByteForByte() {
    GoldenFile golden = GoldenFile.read("entry-1.hex");
    Bytes key = Bytes.utf8("retry-7");
    Command put = new Command(1, Optional.of(key), Bytes.of(1, 2, 3));
    Command tree = Command.of(7, Bytes.EMPTY);
    assertKept(golden.get("two-commands"), new Entry(0x0102030405060L, List.of(put, tree)));
    Command barrier = new KernelCommand.Barrier(0x1122334455667788L).toCommand();
    assertKept(golden.get("barrier"), new Entry(1_700_000_000_000L, List.of(barrier)));
    Command raise = new KernelCommand.Raise(0x33, 1_700_000_600_000L).toCommand();
    assertKept(golden.get("raise"), new Entry(1_700_000_000_000L, List.of(raise)));
  }

  private static void assertKept(Bytes golden, Entry entry) {
    assertThat(EntryCodec.encode(entry.stampMillis(), entry.commands())).isEqualTo(golden);
    assertThat(EntryCodec.decode(golden)).isEqualTo(entry);
  }

  @Test
  void namesBothFormatsWhenItMeetsANewerOne() {
    Bytes entry = EntryCodec.encode(5, List.of(Command.of(1, Bytes.EMPTY)));
    assertThatThrownBy(() -> EntryCodec.decode(Bytes.of(2).concat(entry.slice(1))))
        .isExactlyInstanceOf(CorruptEntryException.class)
        .hasMessage("entry format 2 is unknown; this version reads format 1");
  }

  @Test
  void refusesToWriteWhatItWouldNotRead() {
    Command command = Command.of(1, Bytes.EMPTY);
    Command barrier = new KernelCommand.Barrier(1).toCommand();
    Command keyed = new Command(0, Optional.of(Bytes.of(1)), barrier.payload());
    assertRefusedByEncode(-1, List.of(command));
    assertRefusedByEncode(EntryCodec.STAMP_MILLIS_MAX + 1, List.of(command));
    assertRefusedByEncode(1, List.of());
    assertRefusedByEncode(1, Collections.nCopies(EntryCodec.COMMANDS_MAX + 1, command));
    assertRefusedByEncode(1, List.of(barrier, command));
    assertRefusedByEncode(1, List.of(command, barrier));
    assertRefusedByEncode(1, List.of(keyed));
  }

  private static void assertRefusedByEncode(long stamp, List<Command> commands) {
    assertThatIllegalArgumentException().isThrownBy(() -> EntryCodec.encode(stamp, commands));
  }

  @Test
  void refusesToReadWhatBreaksTheLimits() {
    DECODER.refuses(header(1, 0).toBytes());
    DECODER.refuses(header(-1, 1).u8(1).u8(0).u8(0).toBytes());
    DECODER.refuses(header(EntryCodec.STAMP_MILLIS_MAX + 1, 1).u8(1).u8(0).u8(0).toBytes());
    ByteWriter tooMany = header(1, EntryCodec.COMMANDS_MAX + 1);
    for (int i = 0; i <= EntryCodec.COMMANDS_MAX; i++) {
      tooMany.u8(1).u8(0).u8(0);
    }
    DECODER.refuses(tooMany.toBytes());
    DECODER.refuses(header(1, 1).u8(1).sized(Bytes.wrap(new byte[129])).u8(0).toBytes());
    DECODER.refuses(header(1, 1).u8(1).u8(0).varint(Integer.MAX_VALUE).toBytes());
    DECODER.refuses(header(1, 1).u8(1).u8(0).varint(-1).toBytes());
  }

  @Test
  void refusesABarrierThatIsNotAloneOrHasAKey() {
    Bytes barrier = new KernelCommand.Barrier(1).toCommand().payload();
    DECODER.refuses(header(1, 2).u8(0).u8(0).sized(barrier).u8(1).u8(0).u8(0).toBytes());
    DECODER.refuses(header(1, 2).u8(1).u8(0).u8(0).u8(0).u8(0).sized(barrier).toBytes());
    DECODER.refuses(header(1, 1).u8(0).sized(Bytes.of(1)).sized(barrier).toBytes());
  }

  @Test
  void decodesKernelCommandsTotally() {
    TotalDecoder kernel = new TotalDecoder(KernelCommand::decode, CorruptEntryException.class);
    Bytes barrier = new KernelCommand.Barrier(-2).toCommand().payload();
    assertThat(KernelCommand.decode(barrier)).isEqualTo(new KernelCommand.Barrier(-2));
    kernel.refusesOtherLengths(barrier);
    kernel.refuses(Bytes.of(2).concat(barrier.slice(1)));
    kernel.refuses(Bytes.of(1, 2).concat(barrier.slice(2)));
    Bytes raise = new KernelCommand.Raise(7, EntryCodec.STAMP_MILLIS_MAX).toCommand().payload();
    assertThat(KernelCommand.decode(raise))
        .isEqualTo(new KernelCommand.Raise(7, EntryCodec.STAMP_MILLIS_MAX));
    kernel.refusesOtherLengths(raise);
    kernel.refuses(Bytes.fromHex("0102" + "ff".repeat(8) + "00".repeat(8)));
    kernel.refuses(Bytes.fromHex("0102" + "00".repeat(8) + "ff".repeat(8)));
  }

  private static ByteWriter header(long stamp, int count) {
    return new ByteWriter().u8(EntryCodec.FORMAT).u64(stamp).varint(count);
  }

  private Entry anEntry(int commandsMax, int payloadMax) {
    List<Command> commands = new ArrayList<>();
    for (int left = 1 + random.nextInt(commandsMax); left > 0; left--) {
      Optional<Bytes> key =
          random.nextInt(3) == 0 ? Optional.of(someBytes(1, 128)) : Optional.empty();
      commands.add(new Command(1 + random.nextInt(254), key, someBytes(0, payloadMax)));
    }
    return new Entry(random.nextLong(EntryCodec.STAMP_MILLIS_MAX + 1), commands);
  }

  private Bytes someBytes(int least, int most) {
    byte[] bytes = new byte[least + random.nextInt(most - least + 1)];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }
}
