package io.raftwood.server.http;

import io.raftwood.bytes.Bytes;

/**
 * What an endpoint wants to say; the outcome table decides how much of it is said, and how.
 *
 * @param outcome how the request ended
 * @param detail what the outcome is about; may be empty
 * @param version of the record; used where the table says {@code value}
 * @param appliedIndex the {@code Raft-Applied} header; negative = none
 * @param stale whether {@code Stale: true} is said
 * @param body used where the table says {@code own}
 * @param contentType of the body
 */
record Reply(
    Outcome outcome,
    String detail,
    long version,
    long appliedIndex,
    boolean stale,
    Bytes body,
    String contentType) {
  /** The content type of hustdb's answers. */
  static final String TEXT = "text/plain";

  /** A bare outcome. */
  static Reply of(Outcome outcome) {
    return of(outcome, "");
  }

  /** An outcome about {@code detail}. */
  static Reply of(Outcome outcome, String detail) {
    return new Reply(outcome, detail, 0, -1, false, Bytes.EMPTY, TEXT);
  }

  /** An outcome with the record's version. */
  static Reply version(Outcome outcome, long version) {
    return new Reply(outcome, "", version, -1, false, Bytes.EMPTY, TEXT);
  }

  /** An outcome with a body. */
  static Reply body(Outcome outcome, Bytes body, String contentType) {
    return new Reply(outcome, "", 0, -1, false, body, contentType);
  }

  /** This with another body. */
  Reply with(Bytes value) {
    return new Reply(outcome, detail, version, appliedIndex, stale, value, contentType);
  }

  /** This with how fresh the answer is. */
  Reply read(long index, boolean isStale) {
    return new Reply(outcome, detail, version, index, isStale, body, contentType);
  }
}
