package io.raftwood.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.torture.fault.FaultKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The developers' command, as they run it: all workloads, all faults that this machine can do. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TortureIT {
  private static final Set<FaultKind.Means> LEFT_OUT =
      Set.of(FaultKind.Means.FILES, FaultKind.Means.CLOCKS);
  private static final String NAME = "torture";
  private static final int SEEDS = 1_000_000;
  private static final int RUNS_MAX = 3;

  @TempDir Path directory;

  @Test
  void clientsSeeNothingWrongUnderFaults() throws Exception {
    Path report = Path.of("target", "torture.html").toAbsolutePath();
    Files.createDirectories(report.getParent());
    TortureProcess.Ending ending = run(report);
    for (int runs = 1; runs < RUNS_MAX && saysNothing(ending); runs++) {
      ending = run(report);
    }
    assertThat(ending.exitCode()).as(ending.text()).isZero();
    assertThat(ending.text()).contains("GREEN  ./raftwood torture --seed ");
    assertThat(ending.text()).contains("LINEARIZABLE").doesNotContain("FAILED");
    assertThat(report).content().contains("<svg");
  }

  /** It could not be judged, or not be done: the machine was too busy for it. */
  private static boolean saysNothing(TortureProcess.Ending ending) {
    return ending.exitCode() != 0 && !ending.text().contains("RED  ./raftwood torture");
  }

  private TortureProcess.Ending run(Path report) throws Exception {
    // A new one each time, so that many runs see many schedules; what was printed repeats it.
    long seed = Long.getLong("raftwood.it.torture-seed", new Random().nextInt(SEEDS));
    int seconds = TestSettings.number("torture-seconds", 40);
    TestSettings.say(NAME, "-Draftwood.it.torture-seed=" + seed + ", report in " + report);
    TortureProcess.Ending ending =
        TortureProcess.run(
            directory,
            "--seed",
            Long.toString(seed),
            "--fault",
            faults(),
            "--duration",
            Integer.toString(seconds),
            "--report",
            report.toString());
    TestSettings.say(NAME, ending.text());
    return ending;
  }

  /**
   * Not damage, whose repair takes longer than this run; not clocks and membership, which {@link
   * ExpiryIT} and {@link MembershipIT} have to themselves.
   */
  private static String faults() {
    return Arrays.stream(FaultKind.values())
        .filter(kind -> kind != FaultKind.MEMBERSHIP && !LEFT_OUT.contains(kind.means()))
        .map(FaultKind::word)
        .collect(Collectors.joining(","));
  }

  /** Negative control: without it a green run says nothing about reads. */
  @Test
  void readsThatAreStaleAreNoticed() throws Exception {
    TortureProcess.Ending ending =
        defective(
            "stale-reads", "--workload", "register", "--fault", "kill-one", "--duration", "8");
    assertThat(ending.text()).contains("FAILED register: linearizable: VIOLATION");
  }

  /** Negative control: without it a green run says nothing about repeated commands. */
  @Test
  void commandsThatAreAppliedTwiceAreNoticed() throws Exception {
    TortureProcess.Ending ending =
        defective("apply-twice", "--workload", "counter", "--fault", "kill-one", "--duration", "8");
    assertThat(ending.text()).contains("FAILED counter: repetitions answered alike");
  }

  /**
   * Negative control: without it a green run says nothing about power cuts. One node shows it: what
   * is lost there is lost.
   */
  @Test
  void writesThatWereNeverSyncedAreMissedAfterAPowerCut() throws Exception {
    TortureProcess.Ending ending =
        TortureProcess.run(
            directory,
            ("--seed 46 --test-fault log-fsync-off --power-cuts 1 --writes 400 --nodes 1"
                    + " --groups 1 --network loopback")
                .split(" "));
    TestSettings.say(NAME, ending.text());
    Assumptions.assumeFalse(
        ending.text().contains("SKIPPED fault power-cut"), "no loop mounts here");
    assertThat(ending.exitCode()).as(ending.text()).isEqualTo(1);
    assertThat(ending.text())
        .contains("DEFECTIVE ON PURPOSE", "RED  ./raftwood torture")
        .containsPattern("FAILED writes: none missing: [0-9]+ of [0-9]+ acknowledged writes");
  }

  private TortureProcess.Ending defective(String testFault, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--test-fault", testFault, "--seed", "1"));
    all.addAll(List.of(options));
    TortureProcess.Ending ending = TortureProcess.run(directory, all.toArray(String[]::new));
    TestSettings.say(NAME, ending.text());
    assertThat(ending.exitCode()).as(ending.text()).isEqualTo(1);
    assertThat(ending.text()).contains("DEFECTIVE ON PURPOSE", "RED  ./raftwood torture");
    Path log = directory.resolve("clusters").resolve("seed-1").resolve("n1").resolve("server.log");
    assertThat(log).content().contains("defective on purpose", testFault);
    return ending;
  }
}
