package io.raftwood.bench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessUsageTest {
  @Test
  void readsTheCpuTimeBehindANameWithBlanksAndParentheses() throws IOException {
    String stat = "42 (a) b (c)) S 1 42 42 0 -1 4194560 1 2 3 4 150 25 0 0 20 0 1 0 5 6 7";
    assertThat(ProcessUsage.cpuTicks(stat)).isEqualTo(175);
  }

  @Test
  void readsTheResidentMemory() {
    List<String> status = List.of("Name:\tjava", "VmRSS:\t    1024 kB");
    assertThat(ProcessUsage.residentBytes(status)).isEqualTo(1_048_576);
    assertThat(ProcessUsage.residentBytes(List.of("Name:\tzombie"))).isZero();
  }

  @Test
  void readsWhatWasWrittenToDisks() {
    assertThat(ProcessUsage.writtenBytes(List.of("wchar: 7", "write_bytes: 4096"))).hasValue(4096);
    assertThat(ProcessUsage.writtenBytes(List.of("wchar: 7"))).isEmpty();
  }

  @Test
  void seesThisProcess() throws IOException {
    ProcessUsage usage = ProcessUsage.of(ProcessHandle.current().pid());
    assertThat(usage.cpuMicros()).isPositive();
    assertThat(usage.residentBytes()).isGreaterThan(1_000_000);
  }

  @Test
  void saysWhenThereIsNoSuchProcess() {
    assertThatThrownBy(() -> ProcessUsage.of(Integer.MAX_VALUE)).isInstanceOf(IOException.class);
  }
}
