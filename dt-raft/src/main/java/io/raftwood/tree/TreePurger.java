package io.raftwood.tree;

import io.raftwood.raft.Command;
import io.raftwood.raft.Housekeeper;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.model.TreeCommand;
import io.raftwood.tree.structure.TreePurge;
import java.util.Optional;

/** Asks for a purge while a dropped tree or a dead node has left rows. Stateless. */
public final class TreePurger implements Housekeeper {
  /** Rows removed by one purge: some milliseconds of work on the apply thread. */
  private static final int ROWS = 2000;

  private static final Command PURGE =
      Command.of(TreeMachine.FAMILY, TreeCommandCodec.encode(new TreeCommand.Purge(ROWS)));

  @Override
  public Optional<Command> next(StorageView view, long clockMillis) {
    return TreePurge.isDue(view) ? Optional.of(PURGE) : Optional.empty();
  }
}
