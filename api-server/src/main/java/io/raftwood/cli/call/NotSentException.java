package io.raftwood.cli.call;

import java.io.IOException;

/** There is no connection: the node has seen nothing of the request. */
final class NotSentException extends IOException {
  private static final long serialVersionUID = 1L;

  /** For {@code cause}. */
  NotSentException(IOException cause) {
    super(cause);
  }
}
