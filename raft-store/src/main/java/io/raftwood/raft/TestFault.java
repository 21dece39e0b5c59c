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
  APPLY_TWICE;

  /** The system property that names them, with commas. */
  public static final String PROPERTY = "raftwood.test-faults";

  private static final Set<TestFault> ACTIVE = parse(System.getProperty(PROPERTY, ""));

  /** Whether this process has the defect. */
  public boolean active() {
    return ACTIVE.contains(this);
  }

  /** The names of all defects that this process has; empty = none, as it should be. */
  public static String activeNames() {
    return ACTIVE.stream().map(TestFault::word).collect(Collectors.joining(","));
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
