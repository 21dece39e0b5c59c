package io.raftwood.raft;

/**
 * Bounds of a group's proposal queue (design section 3).
 *
 * @param entriesInFlightMax log entries proposed and not yet applied, 1..16. More than 2 makes the
 *     entries smaller and the node slower; 1 leaves the disk idle while an entry travels
 * @param fullEntryCommands while an entry is in flight, another one is sent only once this many
 *     commands wait (or a quarter of {@link ProposalQueue#BYTES_PER_ENTRY}); 1 = at once. Every
 *     entry costs the same log sync, messages and wake-ups on all replicas, however little it
 *     carries
 * @param commandsMax commands waiting or in flight in one group; beyond it proposals are refused
 */
public record ProposalSettings(int entriesInFlightMax, int fullEntryCommands, int commandsMax) {
  /** The design's bounds, without waiting for full entries. */
  public static final ProposalSettings DEFAULT = new ProposalSettings(2, 1, 65_536);

  /** Checks the ranges. */
  public ProposalSettings {
    if (entriesInFlightMax < 1 || entriesInFlightMax > 16) {
      throw new IllegalArgumentException(
          "entries in flight must be within 1..16, not " + entriesInFlightMax);
    }
    if (fullEntryCommands < 1 || fullEntryCommands > ProposalQueue.COMMANDS_PER_ENTRY_MAX) {
      throw new IllegalArgumentException(
          "a full entry has 1.."
              + ProposalQueue.COMMANDS_PER_ENTRY_MAX
              + " commands, not "
              + fullEntryCommands);
    }
    if (commandsMax < 1) {
      throw new IllegalArgumentException("commandsMax must be at least 1, not " + commandsMax);
    }
  }
}
