package io.raftwood.bench.torture.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where libfaketime is installed a process is told another time. */
class FakeClocksTest {
  private static final long HOUR = 3600;

  @TempDir Path directory;

  @Test
  void theWallClockOfAProcessIsWhatTheFileSays() throws IOException, InterruptedException {
    Assumptions.assumeTrue(FakeClocks.find().isPresent(), "no libfaketime here");
    Path file = directory.resolve("clock");
    for (long ahead : new long[] {0, 48 * HOUR, -48 * HOUR}) {
      FakeClocks.set(file, ahead);
      long difference = shown(file) - Instant.now().getEpochSecond() - ahead;
      assertThat(Duration.ofSeconds(difference).abs()).isLessThan(Duration.ofSeconds(HOUR));
    }
  }

  private static long shown(Path file) throws IOException, InterruptedException {
    ProcessBuilder date = new ProcessBuilder("date", "+%s");
    date.environment().putAll(FakeClocks.find().orElseThrow().ofWall(file));
    Process process = date.start();
    byte[] printed = process.getInputStream().readAllBytes();
    process.waitFor();
    FakeClocks.cleanUp(process.pid());
    return Long.parseLong(new String(printed, StandardCharsets.US_ASCII).strip());
  }
}
