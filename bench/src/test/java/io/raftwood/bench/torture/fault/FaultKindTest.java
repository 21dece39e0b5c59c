package io.raftwood.bench.torture.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FaultKindTest {
  @Test
  void everyKindIsFoundByItsWord() {
    for (FaultKind kind : FaultKind.values()) {
      assertThat(kind.word()).matches("[a-z-]+");
      assertThat(FaultKind.named(kind.word())).isEqualTo(kind);
    }
  }

  @Test
  void anUnknownWordIsAnsweredWithAllThatThereAre() {
    assertThatThrownBy(() -> FaultKind.named("flood"))
        .hasMessageContaining("'flood'")
        .hasMessageContaining("swizzle-clog");
  }
}
