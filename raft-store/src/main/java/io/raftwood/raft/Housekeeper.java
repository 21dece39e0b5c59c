package io.raftwood.raft;

import io.raftwood.storage.StorageView;
import java.util.Optional;

/**
 * Decides which command the state itself asks for, such as the removal of what has expired.
 *
 * <p>Called on the group's leader about every 100 ms from a scheduler thread; only reads, and costs
 * about one seek. What it answers is proposed like any other command, so it may be applied later,
 * twice, or never (when leadership changes): it must be right in each case.
 */
@FunctionalInterface
public interface Housekeeper {
  /**
   * The command to propose now, if any.
   *
   * @param view the group's applied state
   * @param clockMillis the leader's cluster clock; the entry's stamp will not be before it
   */
  Optional<Command> next(StorageView view, long clockMillis);
}
