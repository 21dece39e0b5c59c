package io.raftwood.bench.torture.fault;

import java.io.IOException;
import java.util.List;

/** Faults of the nodes' disks. Each says whom it struck. */
final class DiskFaults {
  private DiskFaults() {}

  /** The power of {@code nodes} fails at once, and comes back. */
  static String cutPower(Strike strike, List<Integer> nodes) throws IOException {
    strike.cluster().cutPower(nodes);
    for (int node : nodes) {
      strike.cluster().launch(node);
    }
    return strike.names(nodes);
  }
}
