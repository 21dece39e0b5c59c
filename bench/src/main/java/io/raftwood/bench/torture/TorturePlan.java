package io.raftwood.bench.torture;

import io.raftwood.bench.torture.disk.DiskLayer;
import io.raftwood.bench.torture.fault.FaultKind;
import io.raftwood.bench.torture.network.Networks;
import io.raftwood.bench.torture.workload.Workloads;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a run does, apart from its seed.
 *
 * @param workloads by name
 * @param faults that may strike
 * @param duration of the load under faults, unless it ends with the last power cut
 * @param cuts how often the power of all nodes fails instead of {@code faults}; 0 = not so
 * @param writes how many operations are answered at least before the last cut
 * @param nodes number of nodes
 * @param groups number of data groups
 * @param network where the nodes live
 * @param disks what their files lie on
 * @param firstPort where free ports are looked for on loopback
 * @param testFaults defects that the servers are to have on purpose
 */
record TorturePlan(
    List<String> workloads,
    List<FaultKind> faults,
    Duration duration,
    int cuts,
    int writes,
    int nodes,
    int groups,
    Networks.Choice network,
    DiskLayer.Choice disks,
    int firstPort,
    List<String> testFaults) {
  /** Copies the lists. */
  TorturePlan {
    workloads = List.copyOf(workloads);
    faults = List.copyOf(faults);
    testFaults = List.copyOf(testFaults);
  }

  /** Whether any fault needs disks that can be hindered. */
  boolean needsDisks() {
    return cuts > 0 || anyFault(FaultKind.Means.DISKS);
  }

  /** Whether any fault needs clocks that can be wrong. */
  boolean needsClocks() {
    return anyFault(FaultKind.Means.CLOCKS);
  }

  /** Whether any workload needs the cache. */
  boolean needsCache() {
    return workloads.contains(Workloads.APPEND);
  }

  /**
   * Why the cache may forget everything. Processes that are killed forget nothing: their memory is
   * a file system's. Machines that lose their power do, and the power of all of them fails at once.
   */
  Optional<String> cacheForgets() {
    return cuts > 0 || faults.contains(FaultKind.POWER_CUT)
        ? Optional.of("power-cut would take the memory of all machines at once")
        : Optional.empty();
  }

  private boolean anyFault(FaultKind.Means means) {
    return faults.stream().anyMatch(kind -> kind.means() == means);
  }

  /** The flags that give the servers' JVMs their defects. */
  List<String> jvmFlags() {
    return testFaults.isEmpty()
        ? List.of()
        : List.of("-Draftwood.test-faults=" + String.join(",", testFaults));
  }

  /** The command line that repeats a run. */
  String command(long seed) {
    return "./raftwood torture --seed "
        + seed
        + " --workload "
        + String.join(",", workloads)
        + (cuts > 0 ? " --power-cuts " + cuts + " --writes " + writes : untilTheEnd())
        + " --nodes "
        + nodes
        + " --groups "
        + groups
        + word(network, Networks.Choice.AUTO, " --network ")
        + word(disks, DiskLayer.Choice.AUTO, " --disks ")
        + (testFaults.isEmpty() ? "" : " --test-fault " + String.join(",", testFaults));
  }

  private static String word(Enum<?> choice, Enum<?> usual, String option) {
    return choice == usual ? "" : option + choice.name().toLowerCase(Locale.ROOT);
  }

  private String untilTheEnd() {
    String kinds = faults.stream().map(FaultKind::word).collect(Collectors.joining(","));
    boolean all = faults.size() == FaultKind.values().length;
    return (all ? "" : " --fault " + (kinds.isEmpty() ? "none" : kinds))
        + " --duration "
        + duration.toSeconds();
  }
}
