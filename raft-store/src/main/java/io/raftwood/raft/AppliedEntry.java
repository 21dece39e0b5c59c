package io.raftwood.raft;

import io.raftwood.bytes.Bytes;
import java.util.List;
import java.util.OptionalLong;

/**
 * What came of one log entry.
 *
 * @param results the results of its commands, in order; a barrier's result is empty bytes
 * @param barrier the id of the barrier that the entry is: the adapter commits the batch right there
 *     and takes a snapshot of the tablet before it applies the next entry
 */
public record AppliedEntry(List<Bytes> results, OptionalLong barrier) {
  /** The entry is part of the state already (replayed after a restart); nothing was done. */
  public static final AppliedEntry SKIPPED = new AppliedEntry(List.of(), OptionalLong.empty());

  /** Copies the list. */
  public AppliedEntry {
    results = List.copyOf(results);
  }

  /** Whether the entry was part of the state already; every other entry has a result. */
  public boolean skipped() {
    return results.isEmpty();
  }
}
