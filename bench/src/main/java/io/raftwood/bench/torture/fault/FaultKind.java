package io.raftwood.bench.torture.fault;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The kinds of faults. */
public enum FaultKind {
  /** SIGKILL for any node, started again after a while. */
  KILL_ONE(Means.PROCESSES),
  /** The same for the leader of a group. */
  KILL_LEADER(Means.PROCESSES),
  /** The same for a majority at once. */
  KILL_MAJORITY(Means.PROCESSES),
  /** The same for all nodes at once. */
  KILL_ALL(Means.PROCESSES),
  /** SIGSTOP for any node for 1 to 20 s. */
  PAUSE_ONE(Means.PROCESSES),
  /** SIGSTOP for the leader of a group for 1 to 20 s. */
  PAUSE_LEADER(Means.PROCESSES),
  /** SIGSTOP for a majority. */
  PAUSE_MAJORITY(Means.PROCESSES),
  /** One node is killed and started again and again, whether it was ready or not. */
  RESTART_LOOP(Means.PROCESSES),
  /** Leadership of all data groups is handed round. */
  LEADER_TRANSFER(Means.PROCESSES),
  /** Every replica takes snapshots, one after another. */
  SNAPSHOT_STORM(Means.PROCESSES),
  /** A voter, often the leader, is taken out of a data group and added again. */
  MEMBERSHIP(Means.PROCESSES),
  /** One node hears nobody and is heard by nobody. */
  ISOLATE_ONE(Means.NETWORK),
  /** The leader of a group hears nobody and is heard by nobody. */
  ISOLATE_LEADER(Means.NETWORK),
  /** One node, often a leader, is heard by the others but does not hear them. */
  DEAF(Means.NETWORK),
  /** One node, often a leader, hears the others but is not heard by them. */
  MUTE(Means.NETWORK),
  /** Every node hears a majority, each another one. */
  MAJORITY_RING(Means.NETWORK),
  /** Two halves that hear only one node between them. */
  BRIDGE(Means.NETWORK),
  /** A part of all packets between nodes is lost. */
  PACKET_LOSS(Means.NETWORK),
  /** One node's interface is slow. */
  SLOW_LINK(Means.NETWORK),
  /** Links break one by one in random order, and come back in another. */
  SWIZZLE_CLOG(Means.NETWORK),
  /** The power of all nodes fails at once: what they had not synced is gone when they return. */
  POWER_CUT(Means.DISKS),
  /** One node's disk fails every write and sync, until the node has ended by itself. */
  DISK_FAILS(Means.DISKS),
  /** One node's disk has no free block for a while. */
  DISK_FULL(Means.DISKS),
  /** One bit flips in a Raft log of a node that does not run. */
  FLIP_LOG(Means.FILES),
  /** One bit flips in a replica's state. */
  FLIP_TABLET(Means.FILES),
  /** One bit flips in a stored snapshot. */
  FLIP_SNAPSHOT(Means.FILES),
  /** A file of a Raft log loses its end. */
  CUT_LOG(Means.FILES),
  /** A file of a replica's state loses its end. */
  CUT_TABLET(Means.FILES),
  /** A file of a stored snapshot loses its end. */
  CUT_SNAPSHOT(Means.FILES),
  /** One node's wall clock jumps hours ahead or back, and returns. */
  CLOCK_JUMP(Means.CLOCKS),
  /** All clocks of one node go up to 5 % too fast or too slowly. */
  CLOCK_DRIFT(Means.CLOCKS);

  /** What a fault is done with. */
  public enum Means {
    /** Signals and requests: every machine can do that. */
    PROCESSES,
    /** A network in which packets can be hindered. */
    NETWORK,
    /** Disks that can be hindered. */
    DISKS,
    /** Files of a node that does not run, which others can replace. */
    FILES,
    /** Processes that can be told a wrong time. */
    CLOCKS
  }

  private final Means means;

  FaultKind(Means means) {
    this.means = means;
  }

  /** What it is done with. */
  public Means means() {
    return means;
  }

  /** Whether nothing else may be broken meanwhile: what it destroys is had from the others. */
  boolean alone() {
    return means == Means.FILES;
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
