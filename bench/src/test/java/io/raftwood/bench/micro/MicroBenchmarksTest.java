package io.raftwood.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs every benchmark once. With {@code -Draftwood.micro=REGEX} those that match are measured, in
 * processes of their own, and printed.
 */
class MicroBenchmarksTest {
  private static final int BENCHMARKS = 10;

  @Test
  void everyBenchmarkRuns() throws RunnerException {
    Optional<String> measured = Optional.ofNullable(System.getProperty("raftwood.micro"));
    Collection<RunResult> results =
        new Runner(measured.map(MicroBenchmarksTest::measured).orElseGet(() -> once())).run();
    if (measured.isEmpty()) {
      assertThat(results).hasSize(BENCHMARKS);
    }
    assertThat(results).allMatch(result -> result.getPrimaryResult().getScore() > 0);
  }

  private static Options measured(String regex) {
    return new OptionsBuilder()
        .include("io\\.raftwood\\.bench\\.micro\\..*(" + regex + ")")
        .forks(1)
        .warmupIterations(5)
        .warmupTime(TimeValue.seconds(2))
        .measurementIterations(5)
        .measurementTime(TimeValue.seconds(2))
        .jvmArgs("-Xmx1g")
        .shouldFailOnError(true)
        .build();
  }

  /** In this process, and as short as can be: the state is small. */
  private static Options once() {
    return new OptionsBuilder()
        .include("io\\.raftwood\\.bench\\.micro\\..*")
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .measurementTime(TimeValue.milliseconds(20))
        .param("keys", "2000")
        .param("commands", "4")
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .build();
  }
}
