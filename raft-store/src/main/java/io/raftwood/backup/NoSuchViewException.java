package io.raftwood.backup;

/**
 * The view was closed: by its reader, because nobody had read it for too long, or because the
 * replica was replaced or stopped. Another one may be opened.
 */
public final class NoSuchViewException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Names the view. */
  public NoSuchViewException(String id) {
    super("no view " + id + " is open");
  }
}
