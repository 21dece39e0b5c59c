package io.raftwood.bench.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.raftwood.bench.torture.disk.DiskLayer;
import io.raftwood.bench.torture.fault.FaultKind;
import io.raftwood.bench.torture.network.Networks;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What is asked for on the command line, and what the seed adds. */
class TorturePlanTest {
  @Test
  void theCommandRepeatsEverythingThatWasAskedFor() {
    TorturePlan plan =
        new TorturePlan(
            List.of("register", "bank"),
            List.of(FaultKind.KILL_ONE, FaultKind.DEAF),
            Duration.ofSeconds(60),
            0,
            1,
            5,
            3,
            Networks.Choice.LOOPBACK,
            DiskLayer.Choice.DIRECTORIES,
            24_000,
            List.of("stale-reads"));
    assertThat(plan.command(7))
        .isEqualTo(
            "./raftwood torture --seed 7 --workload register,bank --fault kill-one,deaf"
                + " --duration 60 --nodes 5 --groups 3 --network loopback"
                + " --disks directories --test-fault stale-reads");
    assertThat(plan.jvmFlags()).containsExactly("-Draftwood.test-faults=stale-reads");
  }

  @Test
  void aSeedAlwaysChoosesTheSameAndManySeedsChooseEverything() {
    assertThat(SeededSettings.of(5)).isEqualTo(SeededSettings.of(5));
    Map<String, Set<String>> chosen = new TreeMap<>();
    Set<Duration> timeouts = new HashSet<>();
    for (long seed = 1; seed <= 40; seed++) {
      SeededSettings settings = SeededSettings.of(seed);
      timeouts.add(settings.timeout());
      settings
          .servers()
          .forEach((key, value) -> chosen.computeIfAbsent(key, any -> new HashSet<>()).add(value));
    }
    assertThat(timeouts).hasSize(3);
    assertThat(chosen.get("raft.prefer-leader")).hasSize(2);
    assertThat(chosen.get("raft.snapshot-log-margin")).hasSize(3);
    assertThat(chosen.get("dt.leaf-max")).hasSize(3);
  }

  /** Killed processes leave their memory behind, machines without power do not. */
  @Test
  void theCacheMayForgetWhenThePowerOfAllFails() {
    assertThat(plan("append", FaultKind.KILL_ALL).cacheForgets()).isEmpty();
    assertThat(plan("append", FaultKind.KILL_ONE, FaultKind.POWER_CUT).cacheForgets())
        .hasValueSatisfying(why -> assertThat(why).contains("power-cut"));
    assertThat(plan("append", FaultKind.KILL_ALL).needsCache()).isTrue();
    assertThat(plan("bank", FaultKind.KILL_ALL).needsCache()).isFalse();
    assertThat(plan("bank", FaultKind.CLOCK_JUMP).needsClocks()).isTrue();
    assertThat(plan("bank", FaultKind.FLIP_LOG).needsDisks()).isFalse();
  }

  private static TorturePlan plan(String workload, FaultKind... faults) {
    return new TorturePlan(
        List.of(workload),
        List.of(faults),
        Duration.ofSeconds(8),
        0,
        1,
        3,
        2,
        Networks.Choice.AUTO,
        DiskLayer.Choice.AUTO,
        24_000,
        List.of());
  }

  @Test
  void wrongOptionsAreRefusedBeforeAnythingStarts() {
    assertThat(refusal("--fault", "flood")).contains("'flood'", "swizzle-clog");
    assertThat(refusal("--workload", "queue")).contains("'queue'", "sorted-set");
    assertThat(refusal("--seeds", "4")).contains("A..B");
    assertThat(refusal("--nodes", "10")).contains("out of range");
  }

  private static String refusal(String... args) {
    StringWriter err = new StringWriter();
    CommandLine line =
        new CommandLine(
            new TortureCommand(
                (flags, arguments) -> {
                  throw new AssertionError("nothing may start");
                }));
    line.setErr(new PrintWriter(err, true));
    assertThat(line.execute(args)).isEqualTo(CommandLine.ExitCode.USAGE);
    return err.toString();
  }
}
