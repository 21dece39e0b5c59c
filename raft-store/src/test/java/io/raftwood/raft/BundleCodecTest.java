package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.raftwood.bytes.Bytes;
import io.raftwood.bytes.MalformedBytesException;
import io.raftwood.fixtures.TotalDecoder;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BundleCodecTest {
  private static final long SEED = 20261122;
  private static final Command KEYED =
      new Command(1, Optional.of(Bytes.utf8("retry-7")), Bytes.of(1, 2, 3));
  private static final Command PLAIN = Command.of(4, Bytes.of(9));
  private static final TotalDecoder DECODER =
      new TotalDecoder(BundleCodec::commands, CorruptEntryException.class);

  @Test
  void readsWhatItWrote() {
    Command bundle = BundleCodec.ofCommands(List.of(KEYED, PLAIN));
    assertThat(bundle.family()).isEqualTo(255);
    assertThat(BundleCodec.commands(bundle.payload())).containsExactly(KEYED, PLAIN);
    List<Query> queries = List.of(new Query(1, Bytes.of(7)), new Query(2, Bytes.EMPTY));
    assertThat(BundleCodec.queries(BundleCodec.ofQueries(queries).payload())).isEqualTo(queries);
    List<Bytes> results = List.of(Bytes.of(1, 2), Bytes.EMPTY);
    assertThat(BundleCodec.parts(BundleCodec.results(results), 2)).isEqualTo(results);
    assertThat(BundleCodec.parts(BundleCodec.results(results), 9)).isEqualTo(results);
  }

  @Test
  void keepsFormatOneByteForByte() {
    assertThat(BundleCodec.ofCommands(List.of(KEYED, PLAIN)).payload().toHex())
        .isEqualTo("0102" + "01" + "0772657472792d37" + "03010203" + "04" + "00" + "0109");
  }

  @Test
  void readsOrRefusesWhateverIsDamaged() {
    Bytes payload = BundleCodec.ofCommands(List.of(KEYED, PLAIN, KEYED)).payload();
    DECODER.refusesOtherLengths(payload);
    DECODER.survivesDamage(payload, new SplittableRandom(SEED), 500);
  }

  @Test
  void whatCannotBeAppliedIsRefusedByBothSides() {
    Command barrier = new KernelCommand.Barrier(1).toCommand();
    Command bundle = BundleCodec.ofCommands(List.of(PLAIN));
    for (Command closed : List.of(barrier, bundle)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BundleCodec.ofCommands(List.of(PLAIN, closed)));
    }
    assertThatIllegalArgumentException().isThrownBy(() -> BundleCodec.ofCommands(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleCodec.ofCommands(Collections.nCopies(513, PLAIN)));
    assertThatThrownBy(() -> BundleCodec.commands(Bytes.of(1, 1, 255, 0, 0)))
        .isExactlyInstanceOf(CorruptEntryException.class)
        .hasMessage("bundle: family 255 in a bundle");
    Command keyed = new Command(255, Optional.of(Bytes.of(1)), bundle.payload());
    assertThatIllegalArgumentException().isThrownBy(() -> EntryCodec.encode(0, List.of(keyed)));
  }

  @Test
  void moreResultsThanPartsAreRefused() {
    Bytes results = BundleCodec.results(List.of(Bytes.of(1), Bytes.of(2), Bytes.of(3)));
    assertThatThrownBy(() -> BundleCodec.parts(results, 2))
        .isExactlyInstanceOf(MalformedBytesException.class);
  }
}
