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

  /** A node's disk fails, and is in order again when the node is started. */
  static String failDisk(Strike strike, int node) throws IOException {
    String end = strike.cluster().failDisk(node);
    strike.cluster().launch(node);
    return strike.cluster().name(node) + ", " + end;
  }

  /** A node's disk is full; the node is started again if that ended it. */
  static String fillDisk(Strike strike, int node) throws IOException {
    String end = strike.cluster().fillDisk(node, strike.length());
    strike.cluster().launch(node);
    return strike.cluster().name(node) + ", " + end;
  }
}
