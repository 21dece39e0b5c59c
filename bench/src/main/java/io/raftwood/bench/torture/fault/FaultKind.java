package io.raftwood.bench.torture.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of faults. */
public enum FaultKind {
  /** SIGKILL for any node, started again after a while. */
  KILL_ONE(false),
  /** The same for the leader of a group. */
  KILL_LEADER(false),
  /** The same for a majority at once. */
  KILL_MAJORITY(false),
  /** The same for all nodes at once. */
  KILL_ALL(false),
  /** SIGSTOP for any node for 1 to 20 s. */
  PAUSE_ONE(false),
  /** SIGSTOP for the leader of a group for 1 to 20 s. */
  PAUSE_LEADER(false),
  /** SIGSTOP for a majority. */
  PAUSE_MAJORITY(false),
  /** One node is killed and started again and again, whether it was ready or not. */
  RESTART_LOOP(false),
  /** Leadership of all data groups is handed round. */
  LEADER_TRANSFER(false),
  /** Every replica takes snapshots, one after another. */
  SNAPSHOT_STORM(false),
  /** One node hears nobody and is heard by nobody. */
  ISOLATE_ONE(true),
  /** The leader of a group hears nobody and is heard by nobody. */
  ISOLATE_LEADER(true),
  /** One node, often a leader, is heard by the others but does not hear them. */
  DEAF(true),
  /** One node, often a leader, hears the others but is not heard by them. */
  MUTE(true),
  /** Every node hears a majority, each another one. */
  MAJORITY_RING(true),
  /** Two halves that hear only one node between them. */
  BRIDGE(true),
  /** A part of all packets between nodes is lost. */
  PACKET_LOSS(true),
  /** One node's interface is slow. */
  SLOW_LINK(true),
  /** Links break one by one in random order, and come back in another. */
  SWIZZLE_CLOG(true);

  private final boolean network;

  FaultKind(boolean network) {
    this.network = network;
  }

  /** Whether it needs a network in which packets can be hindered. */
  public boolean network() {
    return network;
  }

  /** What people call it: in lower case with dashes. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static FaultKind named(String word) {
    return Arrays.stream(values())
        .filter(kind -> kind.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + word
                        + "' is no fault; there are "
                        + Arrays.stream(values())
                            .map(FaultKind::word)
                            .collect(Collectors.joining(", "))));
  }
}
