package io.raftwood.raft;

import java.util.List;

/**
 * The content of one log entry: what {@link EntryCodec} reads and writes.
 *
 * @param stampMillis the proposer's cluster clock, 0..{@link EntryCodec#STAMP_MILLIS_MAX}; the
 *     group's replicated time never falls behind it
 * @param commands 1..{@link EntryCodec#COMMANDS_MAX} commands in the order in which they apply
 */
public record Entry(long stampMillis, List<Command> commands) {
  /** Copies the list. */
  public Entry {
    commands = List.copyOf(commands);
  }
}
