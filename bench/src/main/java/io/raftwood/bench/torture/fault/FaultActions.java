package io.raftwood.bench.torture.fault;

import io.raftwood.bench.torture.disk.RestingFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What each kind of fault does. */
final class FaultActions {
  private FaultActions() {}

  /**
   * Carries a fault out.
   *
   * @param runTime of the whole run: pauses take a quarter of it at most
   * @return whom it struck, for people
   * @throws FaultNotDoneException if there was nothing that it could strike
   */
  static String carryOut(FaultKind kind, Strike strike, Duration runTime) throws IOException {
    return switch (kind.means()) {
      case PROCESSES -> process(kind, strike, runTime);
      case NETWORK -> network(kind, strike);
      case DISKS -> disk(kind, strike);
      case FILES -> files(kind, strike);
      case CLOCKS -> clocks(kind, strike);
    };
  }

  private static String process(FaultKind kind, Strike strike, Duration runTime)
      throws IOException {
    return switch (kind) {
      case KILL_ONE -> ProcessFaults.kill(strike, List.of(strike.anyNode()));
      case KILL_LEADER -> ProcessFaults.kill(strike, List.of(strike.leader()));
      case KILL_MAJORITY -> ProcessFaults.kill(strike, strike.majority());
      case KILL_ALL -> ProcessFaults.kill(strike, strike.allShuffled());
      case PAUSE_ONE -> ProcessFaults.pause(strike, List.of(strike.anyNode()), runTime);
      case PAUSE_LEADER -> ProcessFaults.pause(strike, List.of(strike.leader()), runTime);
      case PAUSE_MAJORITY -> ProcessFaults.pause(strike, strike.majority(), runTime);
      case RESTART_LOOP -> ProcessFaults.restartLoop(strike);
      case LEADER_TRANSFER -> ProcessFaults.transferLeaders(strike);
      case SNAPSHOT_STORM -> ProcessFaults.takeSnapshots(strike);
      case MEMBERSHIP -> MembershipFaults.changeVoters(strike);
      default -> throw new IllegalArgumentException(kind + " is no fault of processes");
    };
  }

  private static String network(FaultKind kind, Strike strike) throws IOException {
    return switch (kind) {
      case ISOLATE_ONE -> NetworkFaults.isolate(strike, strike.anyNode());
      case ISOLATE_LEADER -> NetworkFaults.isolate(strike, strike.leader());
      case DEAF -> NetworkFaults.deafen(strike);
      case MUTE -> NetworkFaults.mute(strike);
      case MAJORITY_RING -> NetworkFaults.majorityRing(strike);
      case BRIDGE -> NetworkFaults.bridge(strike);
      case PACKET_LOSS -> NetworkFaults.losePackets(strike);
      case SLOW_LINK -> NetworkFaults.slowLink(strike);
      case SWIZZLE_CLOG -> NetworkFaults.swizzleClog(strike);
      default -> throw new IllegalArgumentException(kind + " is no fault of the network");
    };
  }

  private static String disk(FaultKind kind, Strike strike) throws IOException {
    return switch (kind) {
      case POWER_CUT -> DiskFaults.cutPower(strike, strike.allShuffled());
      case DISK_FAILS -> DiskFaults.failDisk(strike, strike.oftenLeader());
      case DISK_FULL -> DiskFaults.fillDisk(strike, strike.oftenLeader());
      default -> throw new IllegalArgumentException(kind + " is no fault of disks");
    };
  }

  private static String files(FaultKind kind, Strike strike) throws IOException {
    return switch (kind) {
      case FLIP_LOG -> DamageFaults.strike(strike, RestingFiles.LOG::flip);
      case FLIP_TABLET -> DamageFaults.strike(strike, RestingFiles.TABLET::flip);
      case FLIP_SNAPSHOT -> DamageFaults.strike(strike, RestingFiles.SNAPSHOT::flip);
      case CUT_LOG -> DamageFaults.strike(strike, RestingFiles.LOG::cut);
      case CUT_TABLET -> DamageFaults.strike(strike, RestingFiles.TABLET::cut);
      case CUT_SNAPSHOT -> DamageFaults.strike(strike, RestingFiles.SNAPSHOT::cut);
      default -> throw new IllegalArgumentException(kind + " is no fault of files");
    };
  }

  private static String clocks(FaultKind kind, Strike strike) throws IOException {
    return switch (kind) {
      case CLOCK_JUMP -> ClockFaults.jump(strike);
      case CLOCK_DRIFT -> ClockFaults.drift(strike);
      default -> throw new IllegalArgumentException(kind + " is no fault of clocks");
    };
  }
}
