package io.raftwood.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TestFaultTest {
  @Test
  void aProcessHasNoneUnlessItIsToldTo() {
    assertThat(TestFault.activeNames()).isEmpty();
    assertThat(TestFault.values()).noneMatch(TestFault::active);
  }

  @Test
  void namesComeWithCommas() {
    assertThat(TestFault.parse("")).isEmpty();
    assertThat(TestFault.parse("stale-reads, apply-twice"))
        .containsExactly(TestFault.STALE_READS, TestFault.APPLY_TWICE);
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> TestFault.parse("stale-read"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stale-read");
  }
}
