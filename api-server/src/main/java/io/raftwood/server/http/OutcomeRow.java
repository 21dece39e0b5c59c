package io.raftwood.server.http;

/**
 * One line of the outcome table.
 *
 * @param status 0 = no answer at all: the connection closes
 * @param reason the reason phrase
 * @param body where the body comes from
 * @param version where the {@code Version} header comes from
 * @param error the {@code Error} header with {@code {}} for the detail; empty = no such header
 * @param header one more header, {@code Name: value}; empty = none
 * @param close whether the connection closes after the answer
 */
record OutcomeRow(
    int status,
    String reason,
    Body body,
    Version version,
    String error,
    String header,
    boolean close) {
  /** Where an answer's body comes from. */
  enum Body {
    /** What the endpoint says, {@code text/plain} unless it says otherwise. */
    OWN,
    /** Two values, one behind the other, and the header {@code Val-Offset}: where the second is. */
    PAIR,
    /** The trees' envelope of a failure, made of outcome and detail. */
    FAIL,
    /** {@code text/plain} without a byte. */
    EMPTY,
    /** The original's HTML page for the status. */
    HTML
  }

  /** Where the {@code Version} header comes from. */
  enum Version {
    /** There is none. */
    NONE,
    /** {@code Version: 0}. */
    ZERO,
    /** The version that the store named. */
    VALUE,
    /** {@link #VALUE}, and before it {@code Sync} and {@code Sync-All} while nodes lag behind. */
    SYNCED,
    /** Of two copies: {@link #VALUE} if it is the same, else {@code Version1}, {@code Version2}. */
    BOTH,
    /** There is none, but {@code Fail} while a node's copy is not up to date. */
    FAILED
  }

  /** Whether the connection closes without an answer. */
  boolean aborts() {
    return status == 0;
  }

  /** The {@code Error} header for {@code detail}. */
  String errorToken(String detail) {
    return detail.isEmpty() ? error : error.replace("{}", detail);
  }
}
