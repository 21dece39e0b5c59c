package io.raftwood.bench.torture;

import io.raftwood.bench.torture.fault.FaultKind;
import io.raftwood.bench.torture.network.Networks;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a run does, apart from its seed.
 *
 * @param workloads by name
 * @param faults that may strike
 * @param duration of the load under faults
 * @param nodes number of nodes
 * @param groups number of data groups
 * @param network where the nodes live
 * @param firstPort where free ports are looked for on loopback
 * @param testFaults defects that the servers are to have on purpose
 */
record TorturePlan(
    List<String> workloads,
    List<FaultKind> faults,
    Duration duration,
    int nodes,
    int groups,
    Networks.Choice network,
    int firstPort,
    List<String> testFaults) {
  /** Copies the lists. */
  TorturePlan {
    workloads = List.copyOf(workloads);
    faults = List.copyOf(faults);
    testFaults = List.copyOf(testFaults);
  }

  /** The flags that give the servers' JVMs their defects. */
  List<String> jvmFlags() {
    return testFaults.isEmpty()
        ? List.of()
        : List.of("-Draftwood.test-faults=" + String.join(",", testFaults));
  }

  /** The command line that repeats a run. */
  String command(long seed) {
    String kinds = faults.stream().map(FaultKind::word).collect(Collectors.joining(","));
    boolean all = faults.size() == FaultKind.values().length;
    return "./raftwood torture --seed "
        + seed
        + " --workload "
        + String.join(",", workloads)
        + (all ? "" : " --fault " + (kinds.isEmpty() ? "none" : kinds))
        + " --duration "
        + duration.toSeconds()
        + " --nodes "
        + nodes
        + " --groups "
        + groups
        + (network == Networks.Choice.AUTO
            ? ""
            : " --network " + network.name().toLowerCase(Locale.ROOT))
        + (testFaults.isEmpty() ? "" : " --test-fault " + String.join(",", testFaults));
  }
}
