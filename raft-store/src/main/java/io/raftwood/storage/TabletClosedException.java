package io.raftwood.storage;

/**
 * The tablet was closed, because its replica stopped or a newer generation replaced it. Not a
 * fault: ask the group for its present tablet and read again.
 */
public final class TabletClosedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the tablet. */
  public TabletClosedException(String group, long generation) {
    super("tablet " + group + "@" + generation + " is closed");
  }
}
