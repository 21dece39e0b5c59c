package io.raftwood.raft;

import java.util.List;
import java.util.Optional;

/** A group's machines by family. Immutable. */
final class MachineTable {
  private final Machine[] byFamily = new Machine[256];

  MachineTable(List<Machine> machines) {
    for (Machine machine : machines) {
      int family = machine.family();
      if (family <= KernelCommand.FAMILY || family >= BundleCodec.FAMILY) {
        throw new IllegalArgumentException("family " + family + " is not within 1..254");
      }
      if (byFamily[family] != null) {
        throw new IllegalArgumentException("two machines of family " + family);
      }
      byFamily[family] = machine;
    }
  }

  /** The machine of {@code family}, if the group has one. */
  Optional<Machine> find(int family) {
    boolean possible = family >= 0 && family < byFamily.length;
    return possible ? Optional.ofNullable(byFamily[family]) : Optional.empty();
  }
}
