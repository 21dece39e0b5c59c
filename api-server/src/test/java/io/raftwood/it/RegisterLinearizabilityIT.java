package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.history.HistoryRecorder;
import io.raftwood.bench.history.LinearizabilityChecker;
import io.raftwood.bench.history.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What clients see of ten records, while leaders are killed and nodes paused and restarted, can be
 * explained by one record that everybody uses in turn.
 */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class RegisterLinearizabilityIT {
  private static final String NAME = "register";
  private static final String GROUP = "data-0";
  private static final int CLIENTS = 8;
  private static final int KEYS = 10;
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(120);

  @TempDir Path directory;

  @Test
  void linearizableReadsAndAllWritesAreLinearizableUnderFaults() throws Exception {
    runAndCheck("linearizable", Optional.of("linearizable"));
  }

  @Test
  void plainReadsAreLinearizableUnderFaultsUnlessMarkedStale() throws Exception {
    runAndCheck("plain", Optional.empty());
  }

  private void runAndCheck(String variant, Optional<String> consistency) throws Exception {
    long seed = TestSettings.seed(NAME + "-" + variant);
    HistoryRecorder recorder = new HistoryRecorder();
    ClusterSpec spec = ClusterSpec.threeNodes().fullyOptimized();
    try (ProcessCluster cluster = ProcessCluster.start(spec, directory)) {
      FaultSchedule faults = new FaultSchedule(cluster, GROUP, seed);
      underFaults(cluster, recorder, consistency, faults, seed);
      Await.until(
          "answers after the faults",
          ProcessCluster.READY_LIMIT,
          () -> cluster.leader(GROUP).isPresent(),
          cluster::logs);
      try (RegisterClient last =
          new RegisterClient(CLIENTS, cluster, recorder, consistency, seed)) {
        last.readAll(KEYS);
      }
      Path history = keep(recorder, variant, seed);
      Verdict verdict = new LinearizabilityChecker(CHECK_LIMIT).check(recorder.operations());
      TestSettings.say(
          NAME, variant + ": " + verdict + ", faults " + faults.done() + ", history in " + history);
      assertThat(verdict)
          .as("seed %d, history in %s\n%s", seed, history, cluster.logs())
          .isInstanceOf(Verdict.Linearizable.class);
      assertThat(faults.done()).as("faults").hasSizeGreaterThanOrEqualTo(3);
      assertThat(recorder.definiteCount()).as("definite answers").isGreaterThan(1000);
      cluster.awaitEqualReplicas();
    }
  }

  private static void underFaults(
      ProcessCluster cluster,
      HistoryRecorder recorder,
      Optional<String> consistency,
      FaultSchedule faults,
      long seed)
      throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(TestSettings.number("seconds", 40)).toNanos();
    try (RunningClients clients = new RunningClients(CLIENTS)) {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(
            i,
            number -> {
              try (RegisterClient client =
                  new RegisterClient(number, cluster, recorder, consistency, seed)) {
                client.run(KEYS, clients::stopped);
              }
            });
      }
      faults.run(() -> System.nanoTime() - end > 0);
      clients.stop(Duration.ofSeconds(30));
    }
  }

  /** Below {@code target}, not in the temporary directory: a history explains a failure. */
  private static Path keep(HistoryRecorder recorder, String variant, long seed) throws Exception {
    Path kept = Path.of("target", "it-histories");
    Files.createDirectories(kept);
    Path file = kept.resolve("register-" + variant + "-" + seed + ".jsonl").toAbsolutePath();
    recorder.writeTo(file);
    return file;
  }
}
