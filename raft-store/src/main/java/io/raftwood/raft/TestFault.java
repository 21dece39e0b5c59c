package io.raftwood.raft;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Defects that a process has on purpose, so that the fault suite can show that it would notice
 * them. Never a setting: they are active only in a JVM that was started with {@code
 * -Draftwood.test-faults=stale-reads,apply-twice}; whoever runs a node must say so loudly.
 */
public enum TestFault {
  /** Every replica answers every read from what it has applied, as if that were the newest. */
  STALE_READS,
  /** A command that is repeated under its idempotency key is applied again. */
  APPLY_TWICE,
  /** The Raft log is written but not synced. */
  LOG_FSYNC_OFF,
  /** Machines are told this node's own time instead of the replicated one. */
  WALL_CLOCK,
  /** The applied index is not written with the data, but less often, as if it lay elsewhere. */
  APPLIED_INDEX_APART;

  /** The system property that names them, with commas. */
  public static final String PROPERTY = "raftwood.test-faults";

  private static volatile Set<TestFault> present = parse(System.getProperty(PROPERTY, ""));

  /** Whether this process has the defect. */
  public boolean active() {
    return present.contains(this);
  }

  /** The time that machines are told when the replicated one is {@code clockMillis}. */
  static long machineTime(long clockMillis) {
    return WALL_CLOCK.active() ? System.currentTimeMillis() : clockMillis;
  }

  /** For controls within one process: it has {@code faults} and no others from now on. */
  static void have(Set<TestFault> faults) {
    present = Set.copyOf(faults);
  }

  /** The names of all defects that this process has; empty = none, as it should be. */
  public static String activeNames() {
    return present.stream().map(TestFault::word).collect(Collectors.joining(","));
  }

  /**
   * What a value of the property means.
   *
   * @throws IllegalArgumentException when a name is unknown: a control that is not active would be
   *     taken for one that nobody noticed
   */
  static Set<TestFault> parse(String names) {
    Set<TestFault> faults = EnumSet.noneOf(TestFault.class);
    for (String name : names.split(",")) {
      if (!name.isBlank()) {
        faults.add(named(name.strip()));
      }
    }
    return faults;
  }

  private static TestFault named(String name) {
    return Arrays.stream(values())
        .filter(fault -> fault.word().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(PROPERTY + ": unknown: " + name));
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
