package io.raftwood.bench.history;

import io.raftwood.bench.history.RegisterModel.State;
import io.raftwood.bench.history.RegisterModel.Step;
import java.util.Optional;

/** What one client alone would see when it changes one entry of a tree. Pure functions. */
final class TreeEntryModel {
  /** The version of every entry that is there. */
  static final long THERE = 1;

  private TreeEntryModel() {}

  /** What {@code action}, which changes a tree, does to an entry in {@code state}. */
  static Step apply(State state, Action action) {
    if (action instanceof Action.Insert insert) {
      return state.exists() ? kept(state) : stored(insert.value());
    }
    if (action instanceof Action.Swap swap) {
      return value(state).equals(swap.expected()) ? stored(swap.value()) : kept(state);
    }
    if (action instanceof Action.Remove remove) {
      return remove(state, remove.expected());
    }
    throw new IllegalArgumentException("no action on trees: " + action);
  }

  private static Step remove(State state, Optional<String> expected) {
    if (expected.isPresent() && !value(state).equals(expected)) {
      return kept(state);
    }
    return state.exists()
        ? new Step(RegisterModel.ABSENT, Outcome.written(THERE))
        : new Step(state, new Outcome.Absent());
  }

  private static Optional<String> value(State state) {
    return state.exists() ? Optional.of(state.value()) : Optional.empty();
  }

  private static Step stored(String value) {
    return new Step(new State(THERE, value), Outcome.written(THERE));
  }

  private static Step kept(State state) {
    return new Step(state, new Outcome.Kept());
  }
}
