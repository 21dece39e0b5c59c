package io.raftwood.bench.history;

/**
 * What one client alone would see of one hustdb record: versions start at 1, rise by 1 with each
 * overwrite (after 4,294,967,295 comes 1) and are forgotten by a delete. Pure functions.
 */
public final class RegisterModel {
  /** The largest version. */
  public static final long VERSION_MAX = 0xffff_ffffL;

  /** No record. */
  public static final State ABSENT = new State(0, "");

  private RegisterModel() {}

  /** What {@code action} does to a record in {@code state}, and what its client is told. */
  public static Step apply(State state, Action action) {
    if (action instanceof Action.Put put) {
      return put(state, put);
    }
    if (action instanceof Action.Delete delete) {
      return delete(state, delete);
    }
    if (!action.readOnly()) {
      return TreeEntryModel.apply(state, action);
    }
    if (action instanceof Action.Probe) {
      return new Step(state, state.exists() ? Outcome.written(0) : new Outcome.Absent());
    }
    Outcome read =
        state.exists() ? Outcome.read(state.version(), state.value()) : new Outcome.Absent();
    return new Step(state, read);
  }

  private static Step put(State state, Action.Put put) {
    if (!met(put.expectedVersion(), state)) {
      return new Step(state, new Outcome.VersionMismatch(state.version()));
    }
    long version = state.version() == VERSION_MAX ? 1 : state.version() + 1;
    return new Step(new State(version, put.value()), Outcome.written(version));
  }

  private static Step delete(State state, Action.Delete delete) {
    if (!state.exists()) {
      return new Step(state, new Outcome.Absent());
    }
    if (!met(delete.expectedVersion(), state)) {
      return new Step(state, new Outcome.VersionMismatch(state.version()));
    }
    return new Step(ABSENT, Outcome.written(state.version()));
  }

  private static boolean met(long expectedVersion, State state) {
    return expectedVersion == 0 || expectedVersion == state.version();
  }

  /**
   * A record or its absence.
   *
   * @param version 0 = absent
   * @param value empty when absent
   */
  public record State(long version, String value) {
    /** Whether there is a record. */
    public boolean exists() {
      return version != 0;
    }
  }

  /**
   * One transition.
   *
   * @param next the state afterwards
   * @param outcome what the client is told
   */
  public record Step(State next, Outcome outcome) {}
}
