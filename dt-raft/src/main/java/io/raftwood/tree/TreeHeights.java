package io.raftwood.tree;

import io.raftwood.raft.Command;
import io.raftwood.raft.Housekeeper;
import io.raftwood.storage.StorageView;
import io.raftwood.tree.structure.HeightSurvey;
import java.util.Optional;

/**
 * Knows how high the group's highest tree is, by walking over all trees some at a time, again and
 * again. Proposes nothing. A figure for people: as old as the last walk, which takes a second for
 * some hundred trees. Reading it is thread-safe.
 */
public final class TreeHeights implements Housekeeper {
  private static final int STEP = 32;

  private HeightSurvey survey = HeightSurvey.BEGIN;
  private volatile int highest;

  @Override
  public synchronized Optional<Command> next(StorageView view, long clockMillis) {
    survey = survey.goOn(view, STEP);
    if (survey.complete()) {
      highest = survey.highest();
      survey = HeightSurvey.BEGIN;
    }
    return Optional.empty();
  }

  /** Levels of the highest tree; 0 if there is none, or no walk is complete yet. */
  public int highest() {
    return highest;
  }
}
