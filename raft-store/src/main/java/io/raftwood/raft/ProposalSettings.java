package io.raftwood.raft;

/**
 * Bounds of a group's proposal queue (design section 3).
 *
 * @param entriesInFlightMax log entries proposed and not yet applied, 1..16. More than 2 makes the
 *     entries smaller and the node slower; 1 leaves the disk idle while an entry travels
 * @param commandsMax commands waiting or in flight in one group; beyond it proposals are refused
 */
public record ProposalSettings(int entriesInFlightMax, int commandsMax) {
  /** The design's bounds. */
  public static final ProposalSettings DEFAULT = new ProposalSettings(2, 65_536);

  /** Checks the ranges. */
  public ProposalSettings {
    if (entriesInFlightMax < 1 || entriesInFlightMax > 16) {
      throw new IllegalArgumentException(
          "entries in flight must be within 1..16, not " + entriesInFlightMax);
    }
    if (commandsMax < 1) {
      throw new IllegalArgumentException("commandsMax must be at least 1, not " + commandsMax);
    }
  }
}
