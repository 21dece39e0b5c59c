package io.raftwood.raft;

import java.util.Set;

/** Gives this process a defect on purpose for a while, for negative controls without processes. */
public final class TestFaultSwitch {
  private TestFaultSwitch() {}

  /** Runs {@code task} with {@code fault}; other tests must not run meanwhile. */
  public static void with(TestFault fault, Runnable task) {
    TestFault.have(Set.of(fault));
    try {
      task.run();
    } finally {
      TestFault.have(Set.of());
    }
  }
}
